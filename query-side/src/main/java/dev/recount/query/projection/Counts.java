package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.TreeMap;

/** The differences that a batch makes to a table of counts, one count per scope; it is written in the batch's commit. */
public final class Counts {

    private final Map<String, Long> differences = new TreeMap<>();

    public void add(String scope, long difference) {
        differences.merge(scope, difference, Long::sum);
    }

    /** Writes to a table with the columns {@code scope} and {@code count}. */
    public void write(Connection connection, String table) throws SQLException {
        differences.values().removeIf(difference -> difference == 0);
        if (differences.isEmpty()) {
            return;
        }
        var columns = new Columns<>(connection, differences.entrySet());
        var sql = """
            INSERT INTO %1$s (scope, count)
            SELECT *
            FROM unnest(?, ?)
            ON CONFLICT (scope) DO UPDATE
            SET count = %1$s.count + excluded.count
            """.formatted(table);
        try (var upsert = connection.prepareStatement(sql)) {
            upsert.setArray(1, columns.texts(Map.Entry::getKey));
            upsert.setArray(2, columns.bigints(Map.Entry::getValue));
            upsert.executeUpdate();
        }
    }
}
