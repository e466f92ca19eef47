package dev.recount.query.issues;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.query.daemon.QueryNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;

/** Writes issues and changes to them as clients might, the same ones for the same seed. */
final class RandomHistory {

    private static final int ASSIGNEES = 5;

    private final QueryNode node;
    private final Random random;
    private final List<Issue> issues = new ArrayList<>();
    private final Set<Integer> withdrawn = new HashSet<>();

    private static final class Issue {
        private IssueStatus status;
        private Long assignee;
        private IssuePriority priority;
        private long version = 1;
        private long nextSequence = 1;
    }

    RandomHistory(QueryNode node, long seed) {
        this.node = node;
        this.random = new Random(seed);
    }

    int issues() {
        return issues.size() - withdrawn.size();
    }

    void write(int changes) {
        for (var change = 0; change < changes; change++) {
            if (issues.isEmpty() || random.nextInt(4) == 0) {
                create();
            } else {
                change(1 + random.nextInt(issues.size()));
            }
        }
    }

    private void create() {
        var issue = new Issue();
        issue.status = status();
        issue.assignee = assignee();
        issue.priority = random.nextBoolean() ? IssuePriority.NONE : priority();
        issues.add(issue);
        var id = issues.size();
        node.append(
                "issue-" + id,
                0,
                new IssueCreated(id, text(), text(), issue.status, issue.assignee, 1)
                        .with(labels())
                        .with(issue.priority));
    }

    private void change(int id) {
        if (withdrawn.contains(id)) {
            return;
        }
        var issue = issues.get(id - 1);
        if (random.nextInt(30) == 0) {
            withdrawn.add(id);
            node.append("issue-" + id, issue.nextSequence++, new IssueWithdrawn(id, ++issue.version));
            return;
        }
        Object event = switch (random.nextInt(8)) {
            case 0 -> new IssueRetitled(id, "", text(), ++issue.version);
            case 1 -> new IssueDescriptionChanged(id, text(), ++issue.version);
            case 2 -> {
                var from = issue.status;
                issue.status = status();
                yield new IssueStatusChanged(id, from, issue.status, ++issue.version);
            }
            case 3 -> {
                var from = issue.assignee;
                issue.assignee = assignee();
                yield new IssueAssigned(id, from, issue.assignee, ++issue.version);
            }
            case 4 -> {
                var from = issue.priority;
                issue.priority = priority();
                yield new IssuePrioritized(id, from, issue.priority, ++issue.version);
            }
            case 5 -> new IssueTouched(id, ++issue.version);
            case 6 -> new IssueLabelsReplaced(id, labels(), List.of(), List.of());
            default -> new IssueCommented(id, random.nextInt(1_000_000), 1, "ada", text());
        };
        node.append("issue-" + id, issue.nextSequence++, event);
    }

    private IssueStatus status() {
        return IssueStatus.values()[random.nextInt(IssueStatus.values().length)];
    }

    private IssuePriority priority() {
        return IssuePriority.values()[random.nextInt(IssuePriority.values().length)];
    }

    private Long assignee() {
        return random.nextInt(3) == 0 ? null : 1L + random.nextInt(ASSIGNEES);
    }

    private List<Label> labels() {
        return LongStream.rangeClosed(1, 4)
                .filter(id -> random.nextBoolean())
                .mapToObj(id -> new Label(id, "label " + id))
                .toList();
    }

    private String text() {
        return List.of("", "a, \"b\" {c} \\d", "Zeile\nzwei", "NULL", "ü 🦋 '", "plain")
                .get(random.nextInt(6));
    }
}
