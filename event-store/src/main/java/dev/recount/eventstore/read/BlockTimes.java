package dev.recount.eventstore.read;

import dev.recount.eventstore.database.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;

/**
 * Caches the first and last recording time of each full block of the log, so that a search by time can skip blocks.
 * Recording times are only nearly in log order, so one block shows nothing about another.
 *
 * <p>A block's times are loaded on first use and stay valid, because a full block never changes. An index would slow
 * down every append. This cache costs one read of the log per process, and some twenty bytes per block.
 */
public final class BlockTimes {

    static final int BLOCK = 8_192;

    /** Maximum number of blocks loaded with one statement, about a million events. */
    private static final int LEARNT_AT_ONCE = 128;

    private static final String LEARN = """
        SELECT (position - 1) / %d AS block, min(recorded_at), max(recorded_at)
        FROM event_log
        WHERE position > ? AND position <= ?
        GROUP BY 1
        """.formatted(BLOCK);

    private record Span(Instant first, Instant last) {}

    /** The positions after {@code after}, up to and including {@code upTo}. */
    record Stretch(long after, long upTo) {

        boolean isEmpty() {
            return after == upTo;
        }
    }

    private final DataSource dataSource;
    private final Map<Long, Span> spans = new ConcurrentHashMap<>();

    public BlockTimes(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * The first stretch between two positions that may hold events of the filter's time. It is empty if this call
     * reached its limit of loaded blocks: there are no such events up to its end.
     *
     * @param upTo a position that the log has reached
     */
    Stretch next(long after, long upTo, EventFilter filter) {
        if (!filter.isOfTime()) {
            return new Stretch(after, upTo);
        }
        long full = upTo / BLOCK;
        long known = learnFrom(after / BLOCK, full);
        long first = after / BLOCK;
        while (first < known && !mayMatch(first, filter)) {
            first++;
        }
        long begin = Math.max(after, first * BLOCK);
        if (first == known && known < full) {
            return new Stretch(begin, begin);
        }
        long last = first;
        while (last < known && mayMatch(last, filter)) {
            last++;
        }
        return new Stretch(begin, last == full ? upTo : last * BLOCK);
    }

    private boolean mayMatch(long block, EventFilter filter) {
        Span span = Objects.requireNonNull(spans.get(block));
        return filter.mayMatchBetween(span.first(), span.last());
    }

    /** Loads the next blocks and returns the first block that is still unknown, or {@code full}. */
    private long learnFrom(long block, long full) {
        long known = firstUnknown(block, full);
        if (known == full) {
            return full;
        }
        learn(known, Math.min(known + LEARNT_AT_ONCE, full));
        return firstUnknown(known, full);
    }

    private long firstUnknown(long from, long full) {
        long block = from;
        while (block < full && spans.containsKey(block)) {
            block++;
        }
        return block;
    }

    private void learn(long fromBlock, long toBlock) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(LEARN)) {
            statement.setLong(1, fromBlock * BLOCK);
            statement.setLong(2, toBlock * BLOCK);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    spans.put(row.getLong(1), new Span(time(row, 2), time(row, 3)));
                }
            }
        } catch (SQLException e) {
            throw SqlErrors.translate("Learning the times of blocks from " + fromBlock + " on", e);
        }
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
