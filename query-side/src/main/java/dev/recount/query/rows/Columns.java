package dev.recount.query.rows;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Turns rows into columns, one array each, for statements that write a whole batch with {@code unnest}.
 *
 * <p>For tables that need more than a {@link RowTable}, for example if not all columns are written together.
 */
public record Columns<R>(Connection connection, Collection<R> rows) {

    public Array bigints(Function<R, @Nullable Long> column) throws SQLException {
        return ColumnType.BIGINT.array(connection, values(column));
    }

    public Array texts(Function<R, @Nullable String> column) throws SQLException {
        return ColumnType.TEXT.array(connection, values(column));
    }

    public Array instants(Function<R, @Nullable Instant> column) throws SQLException {
        return ColumnType.TIMESTAMPTZ.array(connection, values(column));
    }

    private List<? extends @Nullable Object> values(Function<R, ? extends @Nullable Object> column) {
        return rows.stream().map(column).toList();
    }
}
