package dev.recount.eventstore.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.tree.CanonicalJson;
import dev.recount.eventstore.tree.CompactRange;
import dev.recount.eventstore.tree.LeafEntry;
import dev.recount.eventstore.tree.TreeHasher;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Recomputes the whole tree from what the rows hold, and compares it with the hashes in them. */
public final class SealCheck {

    private final TreeHasher hasher = new TreeHasher();
    private final CompactRange.Growth tree = CompactRange.EMPTY.grow(hasher);

    private SealCheck() {}

    /** Returns the tree, which is the one that the log says it has. */
    public static CompactRange check(DataSource dataSource) {
        var check = new SealCheck();
        var sql = JdbcClient.create(dataSource);
        sql.sql("SELECT * FROM event_log ORDER BY position").query(check::checkRow);
        var computed = check.tree.frontier();
        sql.sql("SELECT size, frontier FROM log_tree").query(row -> {
            assertThat(row.getLong("size")).isEqualTo(computed.size());
            assertThat(row.getBytes("frontier")).isEqualTo(computed.hashes());
        });
        return computed;
    }

    private void checkRow(ResultSet row) throws SQLException {
        var leaf = hasher.leaf(LeafEntry.of(
                row.getString("stream"),
                row.getLong("sequence"),
                row.getObject("event_id", UUID.class),
                row.getString("type"),
                row.getInt("revision"),
                jsonHash(row.getString("payload")),
                jsonHash(row.getString("metadata")),
                row.getObject("recorded_at", OffsetDateTime.class).toInstant()));
        var completed = tree.add(leaf);
        assertThat(row.getBytes("leaf_hash"))
                .as("the leaf at position %d", row.getLong("position"))
                .isEqualTo(leaf);
        assertThat(row.getBytes("subtree_hashes"))
                .as("the subtrees that end at position %d", row.getLong("position"))
                .isEqualTo(completed.length == 0 ? null : completed);
    }

    private byte[] jsonHash(String json) {
        return hasher.plain(CanonicalJson.of(json).getBytes(StandardCharsets.UTF_8));
    }
}
