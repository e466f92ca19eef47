package dev.recount.eventstore.read;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.database.SqlErrors;
import dev.recount.eventstore.serialization.EventRow;
import dev.recount.eventstore.tree.PerfectSubtree;
import dev.recount.eventstore.tree.TreeHasher;
import dev.recount.eventstore.tree.TreeProof;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import javax.sql.DataSource;

/**
 * The Merkle tree over the log, read from the hashes in the rows. An event is the leaf whose index is its position
 * minus one.
 *
 * <p>A result for a given size never changes as the log grows. Whether the rows still match their hashes is not checked
 * here, because that requires reading all rows.
 *
 * <p>Every method may throw {@link LogUnavailableException}, and {@link TornLogException} if a row is missing.
 */
public final class LogTree {

    /** The root of a subtree is stored in the row of its last leaf. */
    private static final String ROOTS = """
        SELECT
            wanted.level,
            wanted.position,
            CASE wanted.level
                WHEN 0 THEN leaf_hash
                ELSE substring(subtree_hashes FROM 32 * wanted.level - 31 FOR 32)
            END
        FROM unnest(?, ?) AS wanted (level, position)
        LEFT JOIN event_log ON event_log.position = wanted.position
        """;

    private final DataSource dataSource;
    private final LogReader reader;

    public LogTree(DataSource dataSource, LogReader reader) {
        this.dataSource = dataSource;
        this.reader = reader;
    }

    /** The number of leaves, which is the position of the newest event. */
    public long size() {
        return reader.head();
    }

    /** The hash of the tree of the first {@code size} events. */
    public byte[] root(long size) {
        return prove(TreeProof.root(size)).getFirst();
    }

    /** The hashes of a proof. Its trees must not be larger than the log. */
    public List<byte[]> prove(TreeProof proof) {
        return proof.hashes(roots(proof.subtrees()), new TreeHasher());
    }

    /** The roots of {@code count} neighbouring subtrees of 2^level leaves each. */
    public List<byte[]> roots(int level, long firstIndex, int count) {
        List<PerfectSubtree> wanted = LongStream.range(firstIndex, firstIndex + count)
                .mapToObj(index -> new PerfectSubtree(level, index))
                .toList();
        Map<PerfectSubtree, byte[]> roots = roots(wanted);
        return wanted.stream().map(roots::get).toList();
    }

    /** The entries whose hashes are the leaves from an index on, recomputed from the rows. */
    public List<byte[]> entries(long firstIndex, int count) {
        TreeHasher hasher = new TreeHasher();
        List<byte[]> entries = new ArrayList<>(count);
        while (entries.size() < count) {
            long read = firstIndex + entries.size();
            List<EventRow> rows = reader.readAfter(read, count - entries.size()).rows();
            if (rows.isEmpty()) {
                throw new TornLogException(read + 1);
            }
            for (EventRow row : rows) {
                long position = firstIndex + entries.size() + 1;
                if (row.position() != position) {
                    throw new TornLogException(position);
                }
                entries.add(row.event().canonical().leafEntry(hasher));
            }
        }
        return entries;
    }

    private Map<PerfectSubtree, byte[]> roots(List<PerfectSubtree> wanted) {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(ROOTS)) {
            statement.setArray(
                    1,
                    connection.createArrayOf(
                            "integer",
                            wanted.stream().map(PerfectSubtree::level).toArray()));
            statement.setArray(
                    2,
                    connection.createArrayOf(
                            "bigint", wanted.stream().map(PerfectSubtree::end).toArray()));
            Map<PerfectSubtree, byte[]> roots = new HashMap<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    int level = row.getInt(1);
                    long end = row.getLong(2);
                    byte[] root = row.getBytes(3);
                    if (root == null || root.length != TreeHasher.HASH_BYTES) {
                        throw new TornLogException(end);
                    }
                    roots.put(new PerfectSubtree(level, (end >>> level) - 1), root);
                }
            }
            return roots;
        } catch (SQLException e) {
            throw SqlErrors.translate("Reading " + wanted.size() + " hashes of the log's tree", e);
        }
    }
}
