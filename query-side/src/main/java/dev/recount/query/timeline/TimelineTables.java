package dev.recount.query.timeline;

import dev.recount.query.projection.Columns;
import dev.recount.query.timeline.FoldedTimeline.Entry;
import dev.recount.query.timeline.FoldedTimeline.Progress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements of {@link TimelineProjection}: one per table and batch, whatever the number of rows. */
final class TimelineTables {

    private static final String SELECT_PROGRESS = """
        SELECT issue_id, version, sequence
        FROM timeline_issue
        WHERE issue_id = ANY (?)
        """;
    private static final String UPSERT_PROGRESS = """
        INSERT INTO timeline_issue (issue_id, version, sequence)
        SELECT *
        FROM unnest(?, ?, ?)
        ON CONFLICT (issue_id) DO UPDATE
        SET version = excluded.version, sequence = excluded.sequence
        """;
    private static final String INSERT_ENTRIES = """
        INSERT INTO timeline_entry (issue_id, sequence, position, type, happened_at, version, actor, details)
        SELECT issue_id, sequence, position, type, happened_at, version, actor, details::jsonb
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
            AS entry (issue_id, sequence, position, type, happened_at, version, actor, details)
        """;

    private TimelineTables() {}

    /** Of those issues that there are. */
    static Map<Long, Progress> read(Connection connection, Collection<Long> ids) throws SQLException {
        var progress = new HashMap<Long, Progress>();
        try (var select = connection.prepareStatement(SELECT_PROGRESS)) {
            select.setArray(1, new Columns<>(connection, ids).bigints(id -> id));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    progress.put(row.getLong(1), new Progress(row.getLong(1), row.getLong(2), row.getLong(3)));
                }
            }
        }
        return progress;
    }

    static void write(Connection connection, FoldedTimeline timeline) throws SQLException {
        if (!timeline.progress().isEmpty()) {
            upsert(connection, timeline.progress());
        }
        if (!timeline.entries().isEmpty()) {
            insert(connection, timeline.entries());
        }
    }

    private static void upsert(Connection connection, Collection<Progress> progress) throws SQLException {
        var columns = new Columns<>(connection, progress);
        try (var upsert = connection.prepareStatement(UPSERT_PROGRESS)) {
            upsert.setArray(1, columns.bigints(Progress::issueId));
            upsert.setArray(2, columns.bigints(Progress::version));
            upsert.setArray(3, columns.bigints(Progress::sequence));
            upsert.executeUpdate();
        }
    }

    private static void insert(Connection connection, List<Entry> entries) throws SQLException {
        var columns = new Columns<>(connection, entries);
        try (var insert = connection.prepareStatement(INSERT_ENTRIES)) {
            insert.setArray(1, columns.bigints(Entry::issueId));
            insert.setArray(2, columns.bigints(entry -> entry.logged().sequence()));
            insert.setArray(3, columns.bigints(entry -> entry.logged().position()));
            insert.setArray(
                    4, columns.texts(entry -> TimelineType.of(entry.details()).wireName()));
            insert.setArray(5, columns.instants(entry -> entry.logged().at()));
            insert.setArray(6, columns.bigints(Entry::version));
            insert.setArray(7, columns.bigints(entry -> entry.logged().actor()));
            insert.setArray(8, columns.texts(entry -> TimelineType.storedForm(entry.details())));
            insert.executeUpdate();
        }
    }
}
