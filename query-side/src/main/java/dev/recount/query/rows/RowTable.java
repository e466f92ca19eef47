package dev.recount.query.rows;

import static java.util.stream.Collectors.joining;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are records: each component is a column of the same name in snake case. The first columns are the
 * key.
 *
 * <p>A call executes one statement, whatever the number of rows. Components may be long, int, boolean, String, Instant,
 * LocalDate, BigDecimal, {@link dev.recount.events.IssueStatus}, {@link dev.recount.events.IssuePriority}, {@link
 * JsonText}, and {@code List<String>}. Components that are objects may be null.
 */
public final class RowTable<R extends Record> {

    /** Number of rows from which COPY is worth its two extra round trips. */
    private static final int MANY = 50;

    private final List<RowColumn> columns;
    private final MethodHandle constructor;
    private final String select;
    private final String insert;
    private final String insertAbsent;
    private final String upsert;
    private final String delete;
    private final RowCopy copy;

    private RowTable(String table, Class<R> rows, int keyColumns) {
        this.columns = RowColumn.of(rows);
        this.constructor = constructor(rows);
        var keys = columns.subList(0, keyColumns);
        var others = columns.subList(keyColumns, columns.size());
        this.select = "SELECT %s FROM %s WHERE %s = ANY (?)"
                .formatted(columnNames(), table, keys.getFirst().name());
        this.insert = """
            INSERT INTO %s (%s)
            SELECT %s
            FROM %s
            """.formatted(
                        table,
                        columnNames(),
                        columns.stream()
                                .map(column -> column.name() + column.type().cast())
                                .collect(joining(", ")),
                        rowsAs("given"));
        this.insertAbsent = insert + "ON CONFLICT DO NOTHING";
        this.upsert = insert
                + "ON CONFLICT (%s) DO UPDATE SET %s"
                        .formatted(
                                RowColumn.list(keys, "%s", ", "), RowColumn.list(others, "%1$s = excluded.%1$s", ", "));
        this.delete = "DELETE FROM %s WHERE %s = ANY (?)"
                .formatted(table, keys.getFirst().name());
        this.copy = new RowCopy(table, columns);
    }

    /**
     * @param rows the record class; its components name the columns
     * @param keyColumns how many columns, from the first on, form the primary key
     */
    public static <R extends Record> RowTable<R> of(String table, Class<R> rows, int keyColumns) {
        return new RowTable<>(table, rows, keyColumns);
    }

    private static MethodHandle constructor(Class<? extends Record> rows) {
        try {
            var types = Stream.of(rows.getRecordComponents())
                    .map(RecordComponent::getType)
                    .toArray(Class<?>[]::new);
            var canonical = rows.getDeclaredConstructor(types);
            canonical.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(canonical)
                    .asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** All columns, as a SQL list, for a query whose rows {@link #record} reads. */
    public String columnNames() {
        return RowColumn.list(columns, "%s", ", ");
    }

    /** Rows as an item of FROM, for a statement that {@link #write} executes. */
    public String rowsAs(String alias) {
        return "unnest(%s) AS %s (%s)"
                .formatted(String.join(", ", Collections.nCopies(columns.size(), "?")), alias, columnNames());
    }

    /** The existing rows of the keys, by key; for tables whose key is one {@code bigint}. */
    public Map<Long, R> read(Connection connection, Collection<Long> keys) throws SQLException {
        var rows = new HashMap<Long, R>();
        if (keys.isEmpty()) {
            return rows;
        }
        try (var statement = connection.prepareStatement(select)) {
            statement.setArray(1, ColumnType.BIGINT.array(connection, List.copyOf(keys)));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    rows.put(row.getLong(1), record(row));
                }
            }
        }
        return rows;
    }

    /** The current row of a query whose first columns are {@link #columnNames}. */
    @SuppressWarnings("unchecked") // the constructor makes nothing else
    public R record(ResultSet row) throws SQLException {
        var values = new @Nullable Object[columns.size()];
        for (var i = 0; i < values.length; i++) {
            values[i] = columns.get(i).type().read(row, i + 1);
        }
        try {
            return (R) (Object) constructor.invokeExact(values);
        } catch (Throwable thrown) {
            throw new IllegalStateException("no row of its table: " + List.of(values), thrown);
        }
    }

    /** Inserts rows; a row whose key already exists is an error. */
    public void insert(Connection connection, Collection<R> rows) throws SQLException {
        if (rows.size() >= MANY) {
            copy.in(connection, rows);
        } else {
            write(connection, insert, rows);
        }
    }

    /** Inserts the rows whose key does not exist yet, and returns their number. */
    public int insertAbsent(Connection connection, Collection<R> rows) throws SQLException {
        return write(connection, insertAbsent, rows);
    }

    /** Inserts rows and replaces those whose key already exists; no key may occur twice. */
    public void upsert(Connection connection, Collection<R> rows) throws SQLException {
        write(connection, upsert, rows);
    }

    /** Deletes all rows whose first key column is one of these. */
    public void delete(Connection connection, Collection<Long> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(delete)) {
            statement.setArray(1, ColumnType.BIGINT.array(connection, List.copyOf(keys)));
            statement.executeUpdate();
        }
    }

    /**
     * Executes a statement that is neither an insert nor an upsert, and returns the number of rows that it changed.
     *
     * @param sql contains {@link #rowsAs} once, and no other parameters
     */
    public int write(Connection connection, String sql, Collection<R> rows) throws SQLException {
        if (rows.isEmpty()) {
            return 0;
        }
        try (var statement = connection.prepareStatement(sql)) {
            setColumns(statement, rows);
            return statement.executeUpdate();
        }
    }

    private void setColumns(PreparedStatement statement, Collection<R> rows) throws SQLException {
        for (var i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var values = rows.stream().map(column::valueIn).toList();
            statement.setArray(i + 1, column.type().array(statement.getConnection(), values));
        }
    }
}
