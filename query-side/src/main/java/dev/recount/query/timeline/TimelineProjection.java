package dev.recount.query.timeline;

import dev.recount.events.IssueEvent;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeSet;
import org.springframework.stereotype.Component;

/** Stores every change of every issue once, with the version that the issue had after it. */
@Component
final class TimelineProjection implements Projection {

    static final String NAME = "timeline";

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
        return List.of("timeline_entry", "timeline_issue");
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var ids = new TreeSet<Long>();
        for (var logged : batch) {
            if (logged.event() instanceof IssueEvent event) {
                ids.add(event.issueId());
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        var timeline = new FoldedTimeline(TimelineTables.read(connection, ids));
        for (var logged : batch) {
            if (logged.event() instanceof IssueEvent event) {
                timeline.fold(logged, event);
            }
        }
        TimelineTables.write(connection, timeline);
    }
}
