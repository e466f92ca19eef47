package dev.recount.query.reports;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueStatus;
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

/** How long the issues took that are resolved or closed now, and since when they are. */
@Component
final class ResolutionProjection implements Projection {

    static final String NAME = "resolution";

    /** An event that set an issue's status. */
    private record StatusSet(long issueId, IssueStatus status, LoggedEvent logged) {}

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
        return List.of("resolution_issue", "resolution_bucket");
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var events =
                batch.stream().flatMap(logged -> statusSet(logged).stream()).toList();
        if (events.isEmpty()) {
            return;
        }
        var before = ResolutionTables.read(
                connection, events.stream().map(StatusSet::issueId).distinct().toList());
        var after = new TreeMap<Long, Resolution>();
        for (var event : events) {
            var present = after.getOrDefault(event.issueId(), before.get(event.issueId()));
            // What is in the tables already changes nothing, so that a replay is harmless.
            if (present == null || present.sequence() < event.logged().sequence()) {
                after.put(event.issueId(), next(present, event));
            }
        }
        if (!after.isEmpty()) {
            ResolutionTables.write(connection, after.values());
            ResolutionTables.count(connection, differences(before, after.values()));
        }
    }

    private static Optional<StatusSet> statusSet(LoggedEvent logged) {
        return switch (logged.event()) {
            case IssueCreated created -> Optional.of(new StatusSet(created.issueId(), created.status(), logged));
            case IssueStatusChanged changed -> Optional.of(new StatusSet(changed.issueId(), changed.to(), logged));
            case IssueRetitled _,
                    IssueDescriptionChanged _,
                    IssueAssigned _,
                    IssueTouched _,
                    IssueLabelsReplaced _,
                    IssueCommented _,
                    UserEvent _,
                    LabelEvent _ -> Optional.empty();
        };
    }

    private static Resolution next(@Nullable Resolution present, StatusSet event) {
        var at = event.logged().at();
        var sequence = event.logged().sequence();
        if (present != null) {
            return present.withStatus(event.status(), at, sequence);
        }
        if (event.logged().event() instanceof IssueCreated) {
            return Resolution.created(event.issueId(), event.status(), at, sequence);
        }
        throw new IllegalStateException("issue %d has a status at position %d but was never created"
                .formatted(event.issueId(), event.logged().position()));
    }

    private static Collection<BucketDifference> differences(
            Map<Long, Resolution> before, Collection<Resolution> after) {
        var differences = new TreeMap<Integer, BucketDifference>();
        for (var issue : after) {
            var known = before.get(issue.issueId());
            if (known != null) {
                known.micros()
                        .ifPresent(micros -> BucketDifference.of(micros).minus().addTo(differences));
            }
            issue.micros().ifPresent(micros -> BucketDifference.of(micros).addTo(differences));
        }
        differences.values().removeIf(BucketDifference::isNone);
        return differences.values();
    }
}
