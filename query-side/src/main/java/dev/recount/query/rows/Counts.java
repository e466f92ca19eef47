package dev.recount.query.rows;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/**
 * The differences that a batch makes to a table of counts, one count per scope. They are written in the batch's
 * transaction.
 */
public final class Counts {

    private final Map<String, Long> differences = new TreeMap<>();

    public void add(String scope, long difference) {
        differences.merge(scope, difference, Long::sum);
    }

    /**
     * Writes to a table with the columns {@code scope} and {@code count}.
     *
     * <p>Rows whose count becomes zero are deleted, so that the table does not depend on how the log was cut into
     * batches.
     */
    public void write(Connection connection, String table) throws SQLException {
        differences.values().removeIf(difference -> difference == 0);
        if (differences.isEmpty()) {
            return;
        }
        var columns = new Columns<>(connection, differences.entrySet());
        var sql = """
            MERGE INTO %s AS kept
            USING unnest(?, ?) AS change (scope, count)
            ON kept.scope = change.scope
            WHEN MATCHED AND kept.count + change.count = 0 THEN
                DELETE
            WHEN MATCHED THEN
                UPDATE SET count = kept.count + change.count
            WHEN NOT MATCHED THEN
                INSERT (scope, count) VALUES (change.scope, change.count)
            """.formatted(table);
        try (var merge = connection.prepareStatement(sql)) {
            merge.setArray(1, columns.texts(Map.Entry::getKey));
            merge.setArray(2, columns.bigints(Map.Entry::getValue));
            merge.executeUpdate();
        }
    }
}
