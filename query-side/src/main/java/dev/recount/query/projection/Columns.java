package dev.recount.query.projection;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rows turned into columns, one array each, for statements that write a whole batch by {@code unnest}.
 *
 * <p>Times travel as text, because they keep their microseconds that way.
 */
public record Columns<R>(Connection connection, Collection<R> rows) {

    public Array bigints(Function<R, @Nullable Long> column) throws SQLException {
        return connection.createArrayOf("bigint", values(column));
    }

    public Array texts(Function<R, @Nullable String> column) throws SQLException {
        return connection.createArrayOf("text", values(column));
    }

    public Array instants(Function<R, @Nullable Instant> column) throws SQLException {
        return connection.createArrayOf("timestamptz", values(row -> {
            var instant = column.apply(row);
            return instant == null ? null : instant.toString();
        }));
    }

    private @Nullable Object[] values(Function<R, ? extends @Nullable Object> column) {
        return rows.stream().map(column).toArray();
    }
}
