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
 * A table of counters under a key, to which differences are added by {@link Counters}.
 *
 * <p>The key is a record, each component of which is a column, none of them null; the counters are columns of
 * {@code bigint}, or of {@code numeric} where the sum may not fit one. A row whose counters all come to zero goes, so that
 * the table is the same however the log was cut into batches.
 */
public final class CounterTable<K extends Record> {

    private final String name;
    private final List<RowColumn> keys;
    private final List<String> counters;
    private final String merge;

    /** What is added to the counters of a key. */
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

    /** @param counters the columns that count, in the order in which differences are given */
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

    /** One statement, whatever the number of differences; several of the same key are summed by it. */
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
