package dev.recount.query.rows;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A table of counters under a key, updated through {@link Counters}.
 *
 * <p>The key is a record whose components are non-null columns. The counters are {@code bigint} columns, or {@code
 * numeric} if a sum may exceed that range. A row whose counters are all zero is deleted, so that the table does not
 * depend on how the log was cut into batches.
 */
public final class CounterTable<K extends Record> {

    private final String name;
    private final List<RowColumn> keys;
    private final List<String> counters;
    private final String merge;

    /** The amounts added to the counters of a key. */
    static final class Difference {
        private final Record key;
        private final long[] amounts;

        Difference(Record key, long[] amounts) {
            this.key = key;
            this.amounts = amounts;
        }
    }

    private CounterTable(String name, Class<K> key, List<String> counters) {
        this.name = name;
        this.keys = RowColumn.of(key);
        this.counters = counters;
        this.merge = merge();
    }

    /** @param counters the counter columns, in the order of the amounts */
    public static <K extends Record> CounterTable<K> of(String name, Class<K> key, String... counters) {
        return new CounterTable<>(name, key, List.of(counters));
    }

    public String name() {
        return name;
    }

    int counters() {
        return counters.size();
    }

    private String merge() {
        var keyNames = RowColumn.list(keys, "%s", ", ");
        return """
            MERGE INTO %s AS kept
            USING (
                SELECT %s, %s
                FROM unnest(%s) AS given (%s, %s)
                GROUP BY %s
            ) AS change
            ON %s
            WHEN MATCHED AND %s THEN
                DELETE
            WHEN MATCHED THEN
                UPDATE SET %s
            WHEN NOT MATCHED AND NOT (%s) THEN
                INSERT (%s, %s) VALUES (%s, %s)
            """.formatted(
                        name,
                        keyNames,
                        each("sum(%1$s) AS %1$s", ", "),
                        String.join(", ", Collections.nCopies(keys.size() + counters.size(), "?")),
                        keyNames,
                        each("%s", ", "),
                        keyNames,
                        RowColumn.list(keys, "kept.%1$s = change.%1$s", " AND "),
                        each("kept.%1$s + change.%1$s = 0", " AND "),
                        each("%1$s = kept.%1$s + change.%1$s", ", "),
                        each("change.%s = 0", " AND "),
                        keyNames,
                        each("%s", ", "),
                        RowColumn.list(keys, "change.%s", ", "),
                        each("change.%s", ", "));
    }

    private String each(String pattern, String separator) {
        return counters.stream().map(pattern::formatted).collect(joining(separator));
    }

    /** Adds the differences in one statement, whatever their number. The statement sums differences of the same key. */
    void add(Connection connection, List<Difference> differences) throws SQLException {
        if (differences.isEmpty()) {
            return;
        }
        try (var statement = connection.prepareStatement(merge)) {
            var parameter = 0;
            for (var key : keys) {
                var values = new ArrayList<@Nullable Object>(differences.size());
                differences.forEach(difference -> values.add(key.valueIn(difference.key)));
                statement.setArray(++parameter, key.type().array(connection, values));
            }
            for (var counter : IntStream.range(0, counters.size()).toArray()) {
                var values = differences.stream()
                        .map(difference -> difference.amounts[counter])
                        .toList();
                statement.setArray(++parameter, ColumnType.BIGINT.array(connection, values));
            }
            statement.executeUpdate();
        }
    }
}
