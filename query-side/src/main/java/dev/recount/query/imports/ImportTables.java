package dev.recount.query.imports;

import dev.recount.events.ImportEvent;
import dev.recount.events.ImportEvent.ImportAdvanced;
import dev.recount.events.ImportEvent.ImportCompleted;
import dev.recount.events.ImportEvent.ImportInterrupted;
import dev.recount.events.ImportEvent.ImportUndone;
import dev.recount.events.ImportedIssue;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.rows.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of imports. Each statement is idempotent. */
public final class ImportTables {

    /** The stored name of the projection that writes these rows and those of bulk changes. */
    public static final String PROJECTION = "change-sets";

    private static final String BEGIN = """
        INSERT INTO import_run
            (import_id, state, total_rows, created, failed, withdrawn, kept, actor, started_at, advanced_at, sequence)
        VALUES (?, 'running', 0, 0, 0, 0, 0, ?, ?, ?, -1)
        ON CONFLICT (import_id) DO NOTHING
        """;
    private static final String ADVANCE = """
        UPDATE import_run
        SET total_rows = ?, created = created + ?, failed = ?, advanced_at = ?, sequence = ?
        WHERE import_id = ? AND sequence < ?
        """;
    private static final String INSERT_ISSUES = """
        INSERT INTO import_issue (issue_id, import_id, row_number, state)
        SELECT issue_id, ?, row_number, 'created'
        FROM unnest(?, ?) AS imported (issue_id, row_number)
        ON CONFLICT (issue_id) DO NOTHING
        """;
    private static final String COMPLETE = """
        UPDATE import_run
        SET state = 'completed', total_rows = ?, created = ?, failed = ?, advanced_at = ?, sequence = ?
        WHERE import_id = ? AND sequence < ?
        """;
    private static final String INTERRUPT = """
        UPDATE import_run
        SET state = 'interrupted', sequence = ?
        WHERE import_id = ? AND sequence < ?
        """;
    private static final String UNDO = """
        UPDATE import_run
        SET state = 'undone', kept = ?, undone_at = ?, undone_by = ?, sequence = ?
        WHERE import_id = ? AND sequence < ?
        """;
    private static final String KEEP_ISSUES = """
        UPDATE import_issue
        SET state = 'kept'
        WHERE import_id = ? AND issue_id = ANY (?)
        """;
    private static final String WITHDRAW = """
        WITH gone AS (
            UPDATE import_issue
            SET state = 'withdrawn'
            WHERE issue_id = ANY (?) AND state <> 'withdrawn'
            RETURNING import_id
        )
        UPDATE import_run
        SET withdrawn = withdrawn + counted.issues
        FROM (SELECT import_id, count(*) AS issues FROM gone GROUP BY import_id) AS counted
        WHERE import_run.import_id = counted.import_id
        """;

    private ImportTables() {}

    public static void apply(Connection connection, LoggedEvent logged, ImportEvent event) throws SQLException {
        switch (event) {
            case ImportAdvanced advanced -> {
                begin(connection, logged, advanced.importId());
                advance(connection, logged, advanced);
            }
            case ImportCompleted completed -> {
                begin(connection, logged, completed.importId());
                update(
                        connection,
                        COMPLETE,
                        logged,
                        completed.importId(),
                        completed.rows(),
                        completed.created(),
                        completed.failed(),
                        time(logged.at()));
            }
            case ImportInterrupted interrupted -> update(connection, INTERRUPT, logged, interrupted.importId());
            case ImportUndone undone -> {
                update(
                        connection,
                        UNDO,
                        logged,
                        undone.importId(),
                        (long) undone.kept().size(),
                        time(logged.at()),
                        logged.actor());
                keep(connection, undone);
            }
        }
    }

    private static void begin(Connection connection, LoggedEvent logged, UUID importId) throws SQLException {
        try (var insert = connection.prepareStatement(BEGIN)) {
            insert.setObject(1, importId);
            insert.setObject(2, logged.actor(), Types.BIGINT);
            insert.setObject(3, time(logged.at()));
            insert.setObject(4, time(logged.at()));
            insert.executeUpdate();
        }
    }

    private static void advance(Connection connection, LoggedEvent logged, ImportAdvanced advanced)
            throws SQLException {
        var issues = advanced.issues();
        update(
                connection,
                ADVANCE,
                logged,
                advanced.importId(),
                advanced.rows(),
                (long) issues.size(),
                advanced.failed(),
                time(logged.at()));
        var columns = new Columns<>(connection, issues);
        try (var insert = connection.prepareStatement(INSERT_ISSUES)) {
            insert.setObject(1, advanced.importId());
            insert.setArray(2, columns.bigints(ImportedIssue::issueId));
            insert.setArray(3, columns.bigints(ImportedIssue::row));
            insert.executeUpdate();
        }
    }

    private static void keep(Connection connection, ImportUndone undone) throws SQLException {
        try (var update = connection.prepareStatement(KEEP_ISSUES)) {
            update.setObject(1, undone.importId());
            update.setArray(2, new Columns<>(connection, undone.kept()).bigints(id -> id));
            update.executeUpdate();
        }
    }

    /** Runs a statement whose parameters are the values, then the sequence, the import, and the sequence again. */
    private static void update(
            Connection connection, String sql, LoggedEvent logged, UUID importId, @Nullable Object... values)
            throws SQLException {
        try (var update = connection.prepareStatement(sql)) {
            var parameter = 0;
            for (var value : values) {
                if (value == null) {
                    update.setNull(++parameter, Types.BIGINT);
                } else {
                    update.setObject(++parameter, value);
                }
            }
            update.setLong(++parameter, logged.sequence());
            update.setObject(++parameter, importId);
            update.setLong(++parameter, logged.sequence());
            update.executeUpdate();
        }
    }

    /** Marks issues as withdrawn, whether by an undo or otherwise; issues that were not imported are ignored. */
    public static void withdraw(Connection connection, List<Long> issues) throws SQLException {
        if (issues.isEmpty()) {
            return;
        }
        try (var update = connection.prepareStatement(WITHDRAW)) {
            update.setArray(1, new Columns<>(connection, issues).bigints(id -> id));
            update.executeUpdate();
        }
    }

    private static Object time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }
}
