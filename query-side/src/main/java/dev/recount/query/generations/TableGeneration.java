package dev.recount.query.generations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A further copy of a projection's tables, in a schema of its own, that can replace the live tables.
 *
 * <p>Unqualified names are resolved along the {@code search_path}: reads find the live tables, and the writers of a
 * generation put its schema first.
 *
 * @param schema schema of the copies until they are swapped in
 * @param live schema of the tables that are read
 */
public record TableGeneration(String schema, String live, List<String> tables) {

    /** SQLSTATEs of a lock timeout, a statement timeout and a deadlock. */
    private static final List<String> TOO_LATE = List.of("55P03", "57014", "40P01");

    /** Longer than {@code deadlock_timeout}, after which PostgreSQL cancels an autovacuum that holds the lock. */
    private static final Duration VACUUM_PATIENCE = Duration.ofSeconds(3);

    /** The schema for swapped-out tables. */
    private String retired() {
        return schema + GenerationSchemas.RETIRED;
    }

    /**
     * Creates the schema with empty tables. They have only their unique indexes, which writing rows requires.
     *
     * @throws TablesNotCopyableException if a copy would differ
     */
    public void create(Connection connection, String comment) throws SQLException {
        TableCatalog.requireCopyable(connection, live, tables);
        execute(connection, "CREATE SCHEMA " + quoted(schema));
        execute(connection, "CREATE SCHEMA " + quoted(retired()));
        execute(connection, "COMMENT ON SCHEMA " + quoted(schema) + " IS " + literal(connection, comment));
        execute(connection, "COMMENT ON SCHEMA " + quoted(retired()) + " IS " + literal(connection, comment));
        for (var table : tables) {
            for (var statement : TableCatalog.table(connection, schema, live, table)) {
                execute(connection, statement);
            }
        }
        buildIndexes(connection, true);
    }

    /** Builds the remaining indexes and the planner's statistics; must not run in a transaction. */
    public void finish(Connection connection) throws SQLException {
        for (var table : tables) {
            execute(connection, "VACUUM " + qualified(schema, table));
        }
        buildIndexes(connection, false);
        for (var table : tables) {
            execute(connection, "ANALYZE " + qualified(schema, table));
        }
    }

    private void buildIndexes(Connection connection, boolean unique) throws SQLException {
        for (var table : tables) {
            var before = searchPath(connection);
            setSearchPath(connection, quoted(live));
            var statements = TableCatalog.indexes(connection, live, table, unique);
            setSearchPath(connection, quoted(schema) + ", " + quoted(live));
            for (var statement : statements) {
                execute(connection, statement);
            }
            setSearchPath(connection, before);
        }
    }

    /**
     * Keeps vacuum away from the old and the new tables until the transaction ends. Reads and writes do not wait for
     * this, while a vacuum that blocks {@link #swap} would make reads queue behind it.
     */
    public void keepVacuumAway(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = " + VACUUM_PATIENCE.toMillis());
        execute(connection, "LOCK TABLE " + all() + " IN SHARE UPDATE EXCLUSIVE MODE");
        // Checked again, because views may have been created since the copies were.
        TableCatalog.requireCopyable(connection, live, tables);
    }

    /**
     * Swaps the copies in and the live tables out when the open transaction commits.
     *
     * <p>New reads queue behind the swap while it waits for older ones, so it waits at most {@code patience}. Then it
     * fails with an exception that {@link #isTooLate} recognises, and may be retried after a rollback.
     */
    public void swap(Connection connection, Duration patience) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = " + patience.toMillis());
        // Limits all locks together, which lock_timeout does not.
        execute(connection, "SET LOCAL statement_timeout = " + patience.toMillis());
        execute(connection, "LOCK TABLE " + all() + " IN ACCESS EXCLUSIVE MODE");
        execute(connection, "SET LOCAL statement_timeout = 0");
        execute(connection, each(table -> move(live, table, retired())) + each(table -> move(schema, table, live)));
    }

    public static boolean isTooLate(SQLException failure) {
        return TOO_LATE.contains(failure.getSQLState());
    }

    /**
     * Drops the generation's schemas with all tables in them: the swapped-out tables, or the copies.
     *
     * <p>Without {@code CASCADE}, so that foreign objects that depend on the tables are not dropped.
     */
    void drop(Connection connection) throws SQLException {
        GenerationSchemas.drop(connection, schema);
        GenerationSchemas.drop(connection, retired());
    }

    private String all() {
        return Stream.of(live, schema)
                .flatMap(where -> tables.stream().map(table -> qualified(where, table)))
                .collect(Collectors.joining(", "));
    }

    private String each(UnaryOperator<String> statement) {
        return tables.stream().map(statement).collect(Collectors.joining());
    }

    private static String move(String from, String table, String to) {
        return "ALTER TABLE " + qualified(from, table) + " SET SCHEMA " + quoted(to) + ";";
    }

    /** The schema in which this connection finds the live tables. */
    public static String liveSchema(Connection connection) throws SQLException {
        return value(connection, "SELECT current_schema()");
    }

    private static String searchPath(Connection connection) throws SQLException {
        return value(connection, "SHOW search_path");
    }

    static void setSearchPath(Connection connection, String path) throws SQLException {
        execute(connection, "SET search_path = " + path);
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    public static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public static String qualified(String schema, String table) {
        return quoted(schema) + "." + quoted(table);
    }

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private static String literal(Connection connection, String text) throws SQLException {
        try (var statement = connection.createStatement()) {
            return statement.enquoteLiteral(text);
        }
    }
}
