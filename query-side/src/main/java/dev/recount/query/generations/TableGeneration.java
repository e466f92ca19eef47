package dev.recount.query.generations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One more copy of a projection's tables, in a schema of its own, which can take the place of those that are read.
 *
 * <p>What is named without a schema is looked up along the {@code search_path}: readers find the live tables, and who
 * fills a generation puts its schema in front.
 *
 * @param schema where the copies are until they are swapped in
 * @param live where the tables are that are read
 */
public record TableGeneration(String schema, String live, List<String> tables) {

    /** SQLSTATE of a lock that was not had in time, and of a statement that took too long because of it. */
    private static final List<String> TOO_LATE = List.of("55P03", "57014", "40P01");

    /** Longer than {@code deadlock_timeout}, after which PostgreSQL breaks off an autovacuum that is in the way. */
    private static final Duration VACUUM_PATIENCE = Duration.ofSeconds(3);

    /** Where the tables go that are swapped out. */
    private String retired() {
        return schema + GenerationSchemas.RETIRED;
    }

    /**
     * Makes the schema with empty tables that have their unique indexes, which the writing of rows needs, and no others.
     *
     * @throws TablesNotCopyableException where a copy would not be the same
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

    /** Builds the indexes that were left out, and tells the planner what the tables hold; not in a transaction. */
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
     * Keeps vacuuming away from the old and the new tables until the transaction ends. Nobody who reads or writes them
     * waits for this, while a vacuum in the way of {@link #swap} would have readers queue behind it.
     */
    public void keepVacuumAway(Connection connection) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = " + VACUUM_PATIENCE.toMillis());
        execute(connection, "LOCK TABLE " + all() + " IN SHARE UPDATE EXCLUSIVE MODE");
        // Again, as views may have been made since the copies were.
        TableCatalog.requireCopyable(connection, live, tables);
    }

    /**
     * Puts the copies where the live tables are and those out of the way, when the open transaction commits.
     *
     * <p>Readers that come while an older one is waited for queue behind it, so it is not waited for longer than
     * {@code patience}; then this fails with what {@link #isTooLate} knows, and may be tried again after a rollback.
     */
    public void swap(Connection connection, Duration patience) throws SQLException {
        execute(connection, "SET LOCAL lock_timeout = " + patience.toMillis());
        // For all locks together, which lock_timeout is not.
        execute(connection, "SET LOCAL statement_timeout = " + patience.toMillis());
        execute(connection, "LOCK TABLE " + all() + " IN ACCESS EXCLUSIVE MODE");
        execute(connection, "SET LOCAL statement_timeout = 0");
        execute(connection, each(table -> move(live, table, retired())) + each(table -> move(schema, table, live)));
    }

    public static boolean isTooLate(SQLException failure) {
        return TOO_LATE.contains(failure.getSQLState());
    }

    /**
     * Drops the generation's schemas with whatever tables are in them: those that were swapped out, or the copies.
     *
     * <p>Not with {@code CASCADE}: what somebody made depend on the tables is not dropped with them.
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
