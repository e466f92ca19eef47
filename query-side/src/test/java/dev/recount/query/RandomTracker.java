package dev.recount.query;

import dev.recount.events.EventMetadata;
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
import dev.recount.events.LabelEvent.LabelCreated;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;

/**
 * A tracker whose users make random changes, the same ones for the same seed. It appends them to a log, and keeps in
 * the simplest form what a read should then return.
 */
public final class RandomTracker {

    private static final int USERS = 6;
    private static final int LABELS = 4;
    private static final List<String> TEXTS =
            List.of("plain", "", "a, \"b\" {c} \\d", "Zeile\nzwei", "NULL", "ü 🦋 '", "  spaced  ");

    private final Random random;
    private final Consumer<List<DomainEventMessage<?>>> log;
    private final List<Issue> issues = new ArrayList<>();
    private final List<Long> withdrawn = new ArrayList<>();
    private final List<DomainEventMessage<?>> append = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-09T12:00:00Z");
    private Long actor;
    private long comments;

    /** An entry of a timeline as a client should see it. */
    public record Entry(
            String type, Instant timestamp, Map<String, Object> details, long sequence, long version, Long actor) {}

    private record StatusSince(IssueStatus status, Instant at) {}

    /** An issue as its users know it. */
    public final class Issue {
        private final long id = issues.size() + withdrawn.size() + 1;
        private final List<Entry> timeline = new ArrayList<>();
        private final List<StatusSince> statuses = new ArrayList<>();
        private String title;
        private Long assignee;
        private IssuePriority priority = IssuePriority.NONE;
        private List<String> labels = List.of();
        private long version;
        private long events;

        public long id() {
            return id;
        }

        public Long assignee() {
            return assignee;
        }

        public IssuePriority priority() {
            return priority;
        }

        /** Everything that reads should show of it. */
        public List<Entry> timeline() {
            return timeline;
        }

        public IssueStatus status() {
            return statuses.getLast().status;
        }

        /** Looks backwards from now for the moment since when it has been done without a break; null if it is not. */
        public Long resolutionMicros() {
            if (!status().isDone()) {
                return null;
            }
            var entered = statuses.size() - 1;
            while (entered > 0 && statuses.get(entered - 1).status.isDone()) {
                entered--;
            }
            return Math.max(0, ChronoUnit.MICROS.between(statuses.getFirst().at, statuses.get(entered).at));
        }

        private void tell(String type, Map<String, Object> details) {
            timeline.add(new Entry(type, now, details, events, version, actor));
        }

        private void append(Object event) {
            message("issue-" + id, events++, event);
        }
    }

    public RandomTracker(long seed, Consumer<List<DomainEventMessage<?>>> log) {
        this.random = new Random(seed);
        this.log = log;
        for (var label = 1L; label <= LABELS; label++) {
            message(labelName(label), 0, new LabelCreated(label, labelName(label)));
        }
        flush();
    }

    public Collection<Issue> issues() {
        return issues;
    }

    /** The issues that reads should no longer show. */
    public Collection<Long> withdrawn() {
        return withdrawn;
    }

    /** Each change is one append, of one or more events of one or more issues. */
    public void act(int changes) {
        for (var change = 0; change < changes; change++) {
            passTime();
            actor = random.nextInt(3) == 0 ? null : user();
            if (issues.isEmpty() || random.nextInt(5) == 0) {
                create();
            } else {
                change();
            }
            flush();
        }
    }

    /** From microseconds to days, and sometimes a step back, as between nodes whose clocks differ. */
    private void passTime() {
        var micros = (long) Math.pow(10, random.nextDouble() * 11.5);
        now = random.nextInt(30) == 0 ? now.minus(50, ChronoUnit.MILLIS) : now.plus(micros, ChronoUnit.MICROS);
    }

    private void create() {
        var issue = new Issue();
        issues.add(issue);
        issue.title = text();
        issue.assignee = assignee();
        issue.version = 1;
        var status = status();
        issue.labels = random.nextInt(3) == 0 ? anyLabels() : List.of();
        var details = map("title", issue.title, "status", status.wireName());
        if (!issue.labels.isEmpty()) {
            details.put("labels", issue.labels);
        }
        issue.priority = random.nextInt(3) == 0 ? priority() : IssuePriority.NONE;
        if (issue.priority != IssuePriority.NONE) {
            details.put("priority", issue.priority.wireName());
        }
        issue.tell("created", details);
        issue.statuses.add(new StatusSince(status, now));
        issue.append(new IssueCreated(issue.id, issue.title, text(), status, issue.assignee, 1)
                .with(labels(issue.labels))
                .with(issue.priority));
    }

    private void change() {
        if (random.nextInt(25) == 0) {
            withdraw(anyIssue());
            return;
        }
        switch (random.nextInt(6)) {
            case 0 -> comment(anyIssue());
            case 1 -> label(anyIssue());
            case 2 -> bulk();
            default -> edit(anyIssue());
        }
    }

    private void edit(Issue issue) {
        issue.version++;
        var before = issue.events;
        if (random.nextBoolean()) {
            setStatus(issue, status());
        }
        if (random.nextInt(3) == 0) {
            assign(issue, assignee());
        }
        if (random.nextInt(4) == 0) {
            prioritize(issue, priority());
        }
        if (random.nextInt(4) == 0) {
            retitle(issue, text());
        }
        if (random.nextInt(6) == 0) {
            issue.tell("description_change", Map.of());
            issue.append(new IssueDescriptionChanged(issue.id, text(), issue.version));
        }
        if (issue.events == before) {
            issue.append(new IssueTouched(issue.id, issue.version));
        }
    }

    private void bulk() {
        var status = status();
        issues.stream().filter(issue -> random.nextInt(4) == 0).forEach(issue -> {
            issue.version++;
            var before = issue.events;
            setStatus(issue, status);
            if (random.nextInt(4) == 0) {
                prioritize(issue, priority());
            }
            if (issue.events == before) {
                issue.append(new IssueTouched(issue.id, issue.version));
            }
        });
    }

    /** Never the newest, so that readers can tell by its id that they see ever more. */
    private void withdraw(Issue issue) {
        if (issue == issues.getLast()) {
            return;
        }
        issue.append(new IssueWithdrawn(issue.id, issue.version + 1));
        issues.remove(issue);
        withdrawn.add(issue.id);
    }

    private void setStatus(Issue issue, IssueStatus to) {
        var from = issue.status();
        if (from != to) {
            issue.tell("status_change", map("status", to.wireName(), "from", from.wireName()));
            issue.statuses.add(new StatusSince(to, now));
            issue.append(new IssueStatusChanged(issue.id, from, to, issue.version));
        }
    }

    private void assign(Issue issue, Long to) {
        var from = issue.assignee;
        if (!Objects.equals(from, to)) {
            issue.tell("assignment", map("assignee", to, "from", from));
            issue.assignee = to;
            issue.append(new IssueAssigned(issue.id, from, to, issue.version));
        }
    }

    private void prioritize(Issue issue, IssuePriority to) {
        var from = issue.priority;
        if (from != to) {
            issue.tell("priority_change", map("priority", to.wireName(), "from", from.wireName()));
            issue.priority = to;
            issue.append(new IssuePrioritized(issue.id, from, to, issue.version));
        }
    }

    private void retitle(Issue issue, String to) {
        var from = issue.title;
        if (!from.equals(to)) {
            issue.tell("title_change", map("title", to, "from", from));
            issue.title = to;
            issue.append(new IssueRetitled(issue.id, from, to, issue.version));
        }
    }

    private void comment(Issue issue) {
        var author = user();
        var body = text();
        issue.tell("comment", map("author", "user" + author, "body", body));
        issue.append(new IssueCommented(issue.id, ++comments, author, "user" + author, body));
    }

    private void label(Issue issue) {
        var from = issue.labels;
        var to = anyLabels();
        if (!from.equals(to)) {
            var added = to.stream().filter(label -> !from.contains(label)).toList();
            var removed = from.stream().filter(label -> !to.contains(label)).toList();
            issue.tell("label_update", map("labels", to, "added", added, "removed", removed));
            issue.labels = to;
            issue.append(new IssueLabelsReplaced(issue.id, labels(to), labels(added), labels(removed)));
        }
    }

    private List<String> anyLabels() {
        return LongStream.rangeClosed(1, LABELS)
                .filter(id -> random.nextBoolean())
                .mapToObj(RandomTracker::labelName)
                .toList();
    }

    private void message(String stream, long sequence, Object event) {
        var metadata = actor == null ? MetaData.emptyInstance() : MetaData.with(EventMetadata.ACTOR, actor.toString());
        var id = UUID.randomUUID().toString();
        var kind = stream.substring(0, stream.indexOf('-'));
        append.add(new GenericDomainEventMessage<>(kind, stream, sequence, event, metadata, id, now));
    }

    private void flush() {
        if (!append.isEmpty()) {
            log.accept(List.copyOf(append));
            append.clear();
        }
    }

    private Issue anyIssue() {
        return issues.get(random.nextInt(issues.size()));
    }

    private IssueStatus status() {
        return IssueStatus.values()[random.nextInt(IssueStatus.values().length)];
    }

    private IssuePriority priority() {
        return IssuePriority.values()[random.nextInt(IssuePriority.values().length)];
    }

    private Long assignee() {
        return random.nextInt(3) == 0 ? null : user();
    }

    private Long user() {
        return 1L + random.nextInt(USERS);
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private static String labelName(long id) {
        return "label-" + id;
    }

    private static List<Label> labels(List<String> names) {
        return names.stream()
                .map(name -> new Label(Long.parseLong(name.substring("label-".length())), name))
                .toList();
    }

    /** With nulls, which {@code Map.of} refuses. */
    private static Map<String, Object> map(Object... keysAndValues) {
        var map = new LinkedHashMap<String, Object>();
        for (var at = 0; at < keysAndValues.length; at += 2) {
            map.put((String) keysAndValues[at], keysAndValues[at + 1]);
        }
        return map;
    }
}
