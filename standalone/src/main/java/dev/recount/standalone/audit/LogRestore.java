package dev.recount.standalone.audit;

import dev.recount.events.EventType;
import dev.recount.eventstore.tree.SealedRows;
import dev.recount.verifier.DatabaseLog;
import dev.recount.verifier.ExportLog;
import dev.recount.verifier.Report;
import dev.recount.verifier.Verification;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/**
 * Restores an export into an empty log in one transaction. If the export is not intact, nothing is restored.
 *
 * <p>The projections catch up when a server starts.
 */
public final class LogRestore {

    /** The log is not empty, so no events can be restored. */
    public static final class NotEmptyException extends RuntimeException {
        NotEmptyException(long events) {
            super("The log holds " + events + " events already.");
        }
    }

    private final Connection connection;
    private final ExportLog export;

    private LogRestore(Connection connection, ExportLog export) {
        this.connection = connection;
        this.export = export;
    }

    /**
     * Reads the export to its end and writes it. A lock keeps other writers from appending.
     *
     * @param progress receives the positions written
     * @return a report on the file if it is not intact and nothing was restored, else on the restored log
     * @throws NotEmptyException if the log holds events already
     */
    public static Report restore(DataSource dataSource, ExportLog export, LongConsumer progress)
            throws SQLException, InterruptedException {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var report = new LogRestore(connection, export).restore(progress);
                if (report.isIntact()) {
                    connection.commit();
                    analyse(connection);
                }
                return report;
            } finally {
                connection.rollback();
            }
        }
    }

    /** Without statistics, the planner would treat the table as empty. */
    private static void analyse(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("ANALYZE event_log");
        }
        connection.commit();
    }

    private Report restore(LongConsumer progress) throws SQLException, InterruptedException {
        execute("SELECT lock_event_log()");
        requireEmpty();
        var ofFile = copy(progress);
        if (!ofFile.isIntact()) {
            return ofFile;
        }
        goOnAsTheSameLog();
        goOnWithIds();
        var ofLog = readBack();
        execute("SELECT pg_notify('recount_event_log', '" + ofLog.events() + "')");
        return ofLog;
    }

    private void requireEmpty() throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT count(*) FROM event_log")) {
            row.next();
            if (row.getLong(1) > 0) {
                throw new NotEmptyException(row.getLong(1));
            }
        }
    }

    private Report copy(LongConsumer progress) throws SQLException, InterruptedException {
        try (var rows = new SealedRows(connection)) {
            var restored = new RestoredRows(rows);
            var report = Verification.of(export, List.of(), leaf -> {
                restored.write(leaf);
                progress.accept(leaf.position());
            });
            rows.end();
            return report;
        }
    }

    /**
     * Continues the log under the same audit origin, but under a new identity, so that positions of lost events are
     * refused.
     */
    private void goOnAsTheSameLog() throws SQLException {
        execute("SELECT renew_log_identity(id) FROM log_identity");
        var manifest = export.manifest();
        var installation = LogOrigin.installation(manifest.origin());
        if (installation.isPresent()) {
            try (var update = connection.prepareStatement("UPDATE installation SET id = ?")) {
                update.setObject(1, installation.get());
                update.executeUpdate();
            }
        }
        try (var insert = connection.prepareStatement("""
            INSERT INTO checkpoint_key (vkey, first_used_at)
            VALUES (?, now())
            ON CONFLICT DO NOTHING
            """)) {
            for (var key : manifest.keys()) {
                insert.setString(1, key);
                insert.executeUpdate();
            }
        }
        for (var checkpoint : export.witnesses()) {
            try (var insert = connection.prepareStatement("""
                INSERT INTO checkpoint (size, root_hash, note, issued_at)
                VALUES (?, ?, ?, now())
                """)) {
                insert.setLong(1, checkpoint.size());
                insert.setBytes(2, checkpoint.root().bytes());
                insert.setString(3, manifest.checkpoint());
                insert.executeUpdate();
            }
        }
    }

    /**
     * Continues the id sequences. An id that was taken and never used may be handed out again, because no client knows
     * it.
     */
    private void goOnWithIds() throws SQLException {
        goOnWithIds("issue_id", "issueId", EventType.ISSUE_CREATED);
        goOnWithIds("comment_id", "commentId", EventType.ISSUE_COMMENTED);
        goOnWithIds("label_id", "labelId", EventType.LABEL_CREATED);
        goOnWithIds("user_id", "userId", EventType.USER_REGISTERED);
    }

    private void goOnWithIds(String sequence, String member, EventType type) throws SQLException {
        execute("""
            SELECT setval('%s', ids.highest)
            FROM (SELECT max((payload ->> '%s')::bigint) AS highest FROM event_log WHERE type = '%s') AS ids
            WHERE ids.highest IS NOT NULL
            """.formatted(sequence, member, type.storedName()));
    }

    /** Verifies the events as PostgreSQL stored them, not as they were sent. */
    private Report readBack() throws SQLException, InterruptedException {
        try (var log = DatabaseLog.open(connection, "the restored log", export.origin(), export.keys())) {
            return Verification.of(log, List.of(export.head()), _ -> {});
        }
    }

    private void execute(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
