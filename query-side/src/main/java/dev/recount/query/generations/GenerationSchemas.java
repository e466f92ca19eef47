package dev.recount.query.generations;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The names of the schemas in which generations are filled. A name identifies projection and run, so that no leftover
 * schema is missed.
 */
public final class GenerationSchemas {

    /** Suffix of the schemas that hold swapped-out tables. */
    static final String RETIRED = "_old";

    private static final Pattern NAME = Pattern.compile("recount_.*_r(\\d+)(" + RETIRED + ")?");

    /** PostgreSQL would truncate longer names. */
    private static final int LONGEST_PROJECTION = 30;

    /** Schemas are recognised by name and comment, so that a schema that only looks like a generation is left alone. */
    private static final String COMMENT = "Recount: a generation of ";

    private static final String FIND = """
        SELECT nspname
        FROM pg_namespace
        WHERE nspname LIKE 'recount\\_%' AND obj_description(oid, 'pg_namespace') LIKE ? || '%'
        ORDER BY nspname
        """;
    private static final String TABLES = """
        SELECT relname
        FROM pg_class
        WHERE relnamespace = to_regnamespace(quote_ident(?)) AND relkind = 'r'
        ORDER BY relname
        """;

    /** A schema and the id of the run that created it. */
    public record Owned(String schema, long run) {}

    private GenerationSchemas() {}

    public static String name(String projection, long run) {
        var name = projection.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "_");
        return "recount_" + name.substring(0, Math.min(name.length(), LONGEST_PROJECTION)) + "_r" + run;
    }

    public static String comment(String projection, long run) {
        return COMMENT + projection + ", made by run " + run;
    }

    public static List<Owned> find(Connection connection) throws SQLException {
        var found = new ArrayList<Owned>();
        for (var schema : texts(connection, FIND, COMMENT)) {
            var matcher = NAME.matcher(schema);
            if (matcher.matches()) {
                found.add(new Owned(schema, Long.parseLong(matcher.group(1))));
            }
        }
        return found;
    }

    /** Drops the schema with its tables, but no foreign objects that depend on them. */
    public static void drop(Connection connection, String schema) throws SQLException {
        for (var table : texts(connection, TABLES, schema)) {
            TableGeneration.execute(connection, "DROP TABLE IF EXISTS " + TableGeneration.qualified(schema, table));
        }
        TableGeneration.execute(connection, "DROP SCHEMA IF EXISTS " + TableGeneration.quoted(schema));
    }

    private static List<String> texts(Connection connection, String sql, String parameter) throws SQLException {
        try (var select = connection.prepareStatement(sql)) {
            select.setString(1, parameter);
            var texts = new ArrayList<String>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    texts.add(row.getString(1));
                }
            }
            return texts;
        }
    }
}
