package dev.recount.query.bulkchanges;

import dev.recount.events.BulkChangeEvent;
import dev.recount.events.BulkChangeEvent.BulkChangeApplied;
import dev.recount.events.BulkChangeEvent.BulkChangeUndone;
import dev.recount.events.ChangedPriority;
import dev.recount.events.ChangedStatus;
import dev.recount.events.IssuePriority;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.ZoneOffset;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of bulk changes. Each statement is idempotent. */
final class BulkChangeTables {

    private static final String INSERT = """
        INSERT INTO bulk_change (bulk_id, actor, applied_at)
        VALUES (?, ?, ?)
        ON CONFLICT (bulk_id) DO NOTHING
        """;
    private static final String INSERT_ISSUES = """
        INSERT INTO bulk_change_issue
            (bulk_id, place, issue_id, from_status, to_status, from_priority, to_priority, version, state)
        SELECT ?, ordinality, issue_id, from_status, to_status, from_priority, to_priority, version,
            CASE WHEN from_status = to_status AND to_priority IS NULL THEN 'unchanged' ELSE 'changed' END
        FROM unnest(?, ?, ?, ?, ?, ?) WITH ORDINALITY
            AS changed (issue_id, from_status, to_status, from_priority, to_priority, version, ordinality)
        ON CONFLICT (bulk_id, place) DO NOTHING
        """;
    private static final String UNDO = """
        UPDATE bulk_change
        SET undone_at = ?, undone_by = ?
        WHERE bulk_id = ?
        """;
    private static final String UNDO_ISSUES = """
        UPDATE bulk_change_issue
        SET state = CASE
            WHEN issue_id = ANY (?) THEN 'restored'
            WHEN issue_id = ANY (?) THEN 'kept'
            ELSE 'unchanged'
        END
        WHERE bulk_id = ?
        """;

    private BulkChangeTables() {}

    static void apply(Connection connection, LoggedEvent logged, BulkChangeEvent event) throws SQLException {
        switch (event) {
            case BulkChangeApplied applied -> insert(connection, logged, applied);
            case BulkChangeUndone undone -> undo(connection, logged, undone);
        }
    }

    private static void insert(Connection connection, LoggedEvent logged, BulkChangeApplied applied)
            throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setObject(1, applied.bulkId());
            insert.setObject(2, logged.actor(), Types.BIGINT);
            insert.setObject(3, logged.at().atOffset(ZoneOffset.UTC));
            insert.executeUpdate();
        }
        var columns = new Columns<>(connection, applied.issues());
        try (var insert = connection.prepareStatement(INSERT_ISSUES)) {
            insert.setObject(1, applied.bulkId());
            insert.setArray(2, columns.bigints(ChangedStatus::issueId));
            insert.setArray(3, columns.texts(issue -> issue.from().wireName()));
            insert.setArray(4, columns.texts(issue -> issue.to().wireName()));
            insert.setArray(5, columns.texts(issue -> priority(issue, ChangedPriority::from)));
            insert.setArray(6, columns.texts(issue -> priority(issue, ChangedPriority::to)));
            insert.setArray(7, columns.bigints(ChangedStatus::version));
            insert.executeUpdate();
        }
    }

    private static @Nullable String priority(ChangedStatus issue, Function<ChangedPriority, IssuePriority> side) {
        return issue.priority() == null ? null : side.apply(issue.priority()).wireName();
    }

    private static void undo(Connection connection, LoggedEvent logged, BulkChangeUndone undone) throws SQLException {
        try (var update = connection.prepareStatement(UNDO)) {
            update.setObject(1, logged.at().atOffset(ZoneOffset.UTC));
            update.setObject(2, logged.actor(), Types.BIGINT);
            update.setObject(3, undone.bulkId());
            update.executeUpdate();
        }
        try (var update = connection.prepareStatement(UNDO_ISSUES)) {
            update.setArray(1, new Columns<>(connection, undone.restored()).bigints(id -> id));
            update.setArray(2, new Columns<>(connection, undone.kept()).bigints(id -> id));
            update.setObject(3, undone.bulkId());
            update.executeUpdate();
        }
    }
}
