package dev.recount.query.generations;

import dev.recount.query.generations.VerificationReport.Difference;
import dev.recount.query.generations.VerificationReport.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares one live table with the same table of a generation, row by row along the primary key. */
public record TableComparison(Connection connection, FilledGeneration generation, String table, long position) {

    /** Differences that are listed; all are counted. */
    private static final int LISTED = 100;

    /** Rows may be long, so few are held in memory. */
    private static final int FETCH_SIZE = 10;

    private static final JsonMapper JSON = new JsonMapper();

    private static final TypeReference<Map<String, JsonNode>> KEY = new TypeReference<>() {};

    private static final String KEY_COLUMNS = """
        SELECT attname
        FROM pg_index
        CROSS JOIN unnest(indkey[0:indnkeyatts - 1]) WITH ORDINALITY AS part (attribute, place)
        JOIN pg_attribute ON attrelid = indrelid AND attnum = attribute
        WHERE indrelid = to_regclass(?) AND indisprimary
        ORDER BY place
        """;

    public Table run() throws SQLException {
        var key = keyColumns();
        var counts = count(key);
        var differences = counts.isClean() ? List.<Difference>of() : list(key);
        return new Table(
                generation.name(),
                table,
                position,
                counts.rows(),
                counts.missing(),
                counts.extra(),
                counts.changed(),
                differences);
    }

    private List<String> keyColumns() throws SQLException {
        try (var select = connection.prepareStatement(KEY_COLUMNS)) {
            select.setString(1, live());
            var columns = new ArrayList<String>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    columns.add(TableGeneration.quoted(row.getString(1)));
                }
            }
            if (columns.isEmpty()) {
                throw new IllegalStateException(table + " has no primary key by which its rows could be compared");
            }
            return columns;
        }
    }

    private record Counts(long rows, long missing, long extra, long changed) {

        boolean isClean() {
            return missing + extra + changed == 0;
        }
    }

    private Counts count(List<String> key) throws SQLException {
        var sql = """
            SELECT
                count(*),
                count(*) FILTER (WHERE found.%1$s IS NULL),
                count(*) FILTER (WHERE expected.%1$s IS NULL),
                count(*) FILTER (
                    WHERE found.%1$s IS NOT NULL AND expected.%1$s IS NOT NULL AND found IS DISTINCT FROM expected)
            """.formatted(key.getFirst()) + from(key);
        try (var select = connection.createStatement();
                var row = select.executeQuery(sql)) {
            row.next();
            return new Counts(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4));
        }
    }

    private List<Difference> list(List<String> key) throws SQLException {
        var sql = """
            SELECT jsonb_build_object(%s), to_jsonb(found), to_jsonb(expected)
            """.formatted(each(
                        key,
                        ", ",
                        column -> "'%s', coalesce(found.%s, expected.%2$s)"
                                .formatted(
                                        column.substring(1, column.length() - 1).replace("'", "''"), column)))
                + from(key)
                + """
                WHERE found IS DISTINCT FROM expected
                ORDER BY %s
                LIMIT %d
                """.formatted(each(key, ", ", "coalesce(found.%1$s, expected.%1$s)"::formatted), LISTED);
        var differences = new ArrayList<Difference>();
        try (var select = connection.createStatement()) {
            select.setFetchSize(FETCH_SIZE);
            try (var row = select.executeQuery(sql)) {
                while (row.next()) {
                    var found = json(row.getString(2));
                    var expected = json(row.getString(3));
                    differences.add(new Difference(
                            JSON.readValue(row.getString(1), KEY),
                            found,
                            expected,
                            RowOrigin.of(table, found == null ? expected : found)
                                    .events(connection, position, differences.size())));
                }
            }
        }
        return differences;
    }

    private static @Nullable JsonNode json(@Nullable String row) {
        return row == null ? null : LongTexts.cut(JSON.readTree(row));
    }

    private String from(List<String> key) {
        return """
            FROM %s AS found
            FULL JOIN %s AS expected ON %s
            """.formatted(
                        live(),
                        TableGeneration.qualified(generation.tables().schema(), table),
                        each(key, " AND ", "found.%1$s = expected.%1$s"::formatted));
    }

    private String live() {
        return TableGeneration.qualified(generation.tables().live(), table);
    }

    private static String each(List<String> columns, String separator, Function<String, String> pattern) {
        return columns.stream().map(pattern).collect(Collectors.joining(separator));
    }
}
