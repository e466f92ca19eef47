package dev.recount.eventstore.scan;

import dev.recount.eventstore.tree.CanonicalJson;
import dev.recount.eventstore.tree.CompactRange;
import dev.recount.eventstore.tree.LeafEntry;
import dev.recount.eventstore.tree.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Adds the hashes of the tree to a log that was written before the tree existed.
 *
 * <p>It rewrites the table instead of updating it. So the trigger against changes stays enabled, the rows stay in
 * order, and the table does not double in size.
 */
final class SealExistingEvents implements JavaMigration {

    private static final int WINDOW = 20_000;

    private static final String NEW_TABLE =
            "CREATE TEMPORARY TABLE seal (position bigint, leaf_hash bytea, subtree_hashes bytea) ON COMMIT DROP";

    private static final String REWRITE = """
        CREATE UNIQUE INDEX ON pg_temp.seal (position);

        CREATE FUNCTION pg_temp.leaf_hash_of(wanted bigint) RETURNS bytea LANGUAGE plpgsql AS $$
        BEGIN
            RETURN (SELECT leaf_hash FROM pg_temp.seal WHERE position = wanted);
        END
        $$;

        CREATE FUNCTION pg_temp.subtree_hashes_of(wanted bigint) RETURNS bytea LANGUAGE plpgsql AS $$
        BEGIN
            RETURN (SELECT subtree_hashes FROM pg_temp.seal WHERE position = wanted);
        END
        $$;

        ALTER TABLE event_log
            ALTER COLUMN leaf_hash TYPE bytea USING pg_temp.leaf_hash_of(position),
            ALTER COLUMN subtree_hashes TYPE bytea
                USING CASE position % 2 WHEN 0 THEN pg_temp.subtree_hashes_of(position) END;

        DROP FUNCTION pg_temp.leaf_hash_of(bigint);
        DROP FUNCTION pg_temp.subtree_hashes_of(bigint);
        """;

    @Override
    public MigrationVersion getVersion() {
        return MigrationVersion.fromVersion("5");
    }

    @Override
    public String getDescription() {
        return "seal existing events";
    }

    @Override
    @SuppressWarnings("NullAway") // a Java migration has no script to checksum
    public Integer getChecksum() {
        return null;
    }

    @Override
    public boolean canExecuteInTransaction() {
        return true;
    }

    @Override
    public void migrate(Context context) throws SQLException {
        Connection connection = context.getConnection();
        try (Statement statement = connection.createStatement()) {
            statement.execute("LOCK TABLE event_log IN ACCESS EXCLUSIVE MODE");
            long head = head(statement);
            if (head > 0) {
                statement.execute(NEW_TABLE);
                hash(connection, head);
                statement.execute(REWRITE);
            }
        }
    }

    private static long head(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SELECT coalesce(max(position), 0) FROM event_log")) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void hash(Connection connection, long head) throws SQLException {
        TreeHasher hasher = new TreeHasher();
        CompactRange.Growth tree = CompactRange.EMPTY.grow(hasher);
        for (long after = 0; after < head; after += WINDOW) {
            List<byte[]> leaves = new ArrayList<>(WINDOW);
            LogCopy.read(connection, after, Math.min(head, after + WINDOW), row -> leaves.add(leaf(row, hasher)));
            copyIn(connection, after, leaves, tree);
        }
    }

    private static void copyIn(Connection connection, long after, List<byte[]> leaves, CompactRange.Growth tree)
            throws SQLException {
        CopyIn copy =
                connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY pg_temp.seal FROM STDIN (FORMAT text)");
        HexFormat hex = HexFormat.of();
        StringBuilder rows = new StringBuilder();
        long position = after;
        for (byte[] leaf : leaves) {
            byte[] completed = tree.add(leaf);
            rows.append(++position)
                    .append("\t\\\\x")
                    .append(hex.formatHex(leaf))
                    .append("\t\\");
            rows.append(completed.length == 0 ? "N" : "\\x" + hex.formatHex(completed));
            rows.append('\n');
        }
        byte[] sent = rows.toString().getBytes(StandardCharsets.US_ASCII);
        copy.writeToCopy(sent, 0, sent.length);
        copy.endCopy();
    }

    private static byte[] leaf(CopiedRow row, TreeHasher hasher) {
        return hasher.leaf(LeafEntry.of(
                row.stream(),
                row.sequence(),
                row.eventId(),
                row.type(),
                row.revision(),
                hasher.plain(canonical(row.payload())),
                hasher.plain(canonical(row.metadata())),
                row.recordedAt()));
    }

    private static byte[] canonical(CopiedRow.Json json) {
        return CanonicalJson.of(json.array(), json.offset(), json.length());
    }
}
