package dev.recount.query.timeline;

import dev.recount.query.rows.JsonText;
import dev.recount.query.rows.RowTable;
import dev.recount.query.timeline.FoldedTimeline.Entry;
import dev.recount.query.timeline.FoldedTimeline.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of {@link TimelineProjection}. */
final class TimelineTables {

    private static final RowTable<Progress> PROGRESS = RowTable.of("timeline_issue", Progress.class, 1);
    private static final RowTable<EntryRow> ENTRIES = RowTable.of("timeline_entry", EntryRow.class, 2);

    private record EntryRow(
            long issueId,
            long sequence,
            long position,
            String type,
            Instant happenedAt,
            long version,
            @Nullable Long actor,
            JsonText details) {

        static EntryRow of(Entry entry) {
            var logged = entry.logged();
            return new EntryRow(
                    entry.issueId(),
                    logged.sequence(),
                    logged.position(),
                    TimelineType.of(entry.details()).wireName(),
                    logged.at(),
                    entry.version(),
                    logged.actor(),
                    new JsonText(TimelineType.storedForm(entry.details())));
        }
    }

    private TimelineTables() {}

    /** The progress of those issues that exist. */
    static Map<Long, Progress> read(Connection connection, Collection<Long> ids) throws SQLException {
        return PROGRESS.read(connection, ids);
    }

    static void write(Connection connection, FoldedTimeline timeline) throws SQLException {
        PROGRESS.delete(connection, timeline.withdrawn());
        ENTRIES.delete(connection, timeline.withdrawn());
        PROGRESS.upsert(connection, timeline.progress());
        ENTRIES.insert(connection, timeline.entries().stream().map(EntryRow::of).toList());
    }
}
