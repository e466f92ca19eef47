package dev.recount.query.reports;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.LabelEvent;
import dev.recount.events.UserEvent;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How many issues each user has, moved by the difference between who had an issue before a batch and who has it after. */
@Component
final class AssigneeCountProjection implements Projection {

    static final String NAME = "assignee-count";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> tables() {
        return List.of("assignee_count_issue", "assignee_count");
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var events = batch.stream().flatMap(logged -> assigned(logged).stream()).toList();
        if (events.isEmpty()) {
            return;
        }
        var before = AssigneeCountTables.read(
                connection,
                events.stream().map(AssignedIssue::issueId).distinct().toList());
        var after = new TreeMap<Long, AssignedIssue>();
        for (var event : events) {
            var present = after.getOrDefault(event.issueId(), before.get(event.issueId()));
            // What is in the tables already changes nothing, so that a replay is harmless.
            if (isNews(event, present)) {
                after.put(event.issueId(), event);
            }
        }
        if (!after.isEmpty()) {
            AssigneeCountTables.write(connection, after.values());
            AssigneeCountTables.count(connection, differences(before, after.values()));
        }
    }

    private static Optional<AssignedIssue> assigned(LoggedEvent logged) {
        return switch (logged.event()) {
            case IssueCreated created ->
                Optional.of(new AssignedIssue(created.issueId(), created.assignee(), logged.sequence()));
            case IssueAssigned assigned ->
                Optional.of(new AssignedIssue(assigned.issueId(), assigned.to(), logged.sequence()));
            case IssueRetitled _,
                    IssueDescriptionChanged _,
                    IssueStatusChanged _,
                    IssueTouched _,
                    IssueLabelsReplaced _,
                    IssueCommented _,
                    UserEvent _,
                    LabelEvent _ -> Optional.empty();
        };
    }

    private static boolean isNews(AssignedIssue event, @Nullable AssignedIssue present) {
        if (present == null && event.sequence() > 0) {
            throw new IllegalStateException("issue %d is assigned but was never created".formatted(event.issueId()));
        }
        return present == null || present.sequence() < event.sequence();
    }

    private static Map<Long, Long> differences(Map<Long, AssignedIssue> before, Collection<AssignedIssue> after) {
        var differences = new TreeMap<Long, Long>();
        for (var issue : after) {
            count(differences, before.get(issue.issueId()), -1);
            count(differences, issue, 1);
        }
        differences.values().removeIf(difference -> difference == 0);
        return differences;
    }

    private static void count(Map<Long, Long> differences, @Nullable AssignedIssue issue, long difference) {
        if (issue != null && issue.assignee() != null) {
            differences.merge(issue.assignee(), difference, Long::sum);
        }
    }
}
