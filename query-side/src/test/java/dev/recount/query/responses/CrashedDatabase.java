package dev.recount.query.responses;

import dev.recount.eventstore.testing.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;

/** Does to a database what a crash of PostgreSQL does: every connection is cut, and what was not yet on disk is taken back. */
final class CrashedDatabase {

    private final TestDatabase database;
    private final String projections;
    private final List<String> tables;

    private CrashedDatabase(TestDatabase database, List<String> projections, List<String> tables) {
        this.database = database;
        this.projections = "'" + String.join("', '", projections) + "'";
        this.tables = tables;
    }

    /** What is in the projections' tables and rows now is what the disk has. */
    static CrashedDatabase asOfNow(TestDatabase database, List<String> projections, List<String> tables) {
        var crash = new CrashedDatabase(database, projections, tables);
        crash.execute("CREATE SCHEMA disk; CREATE TABLE disk.projection AS TABLE projection");
        tables.forEach(table -> crash.execute("CREATE TABLE disk.%1$s AS TABLE %1$s".formatted(table)));
        return crash;
    }

    void happen() {
        execute("""
            SELECT pg_terminate_backend(pid, 10000)
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
            """);
        var restored = new StringBuilder("""
            BEGIN;
            DELETE FROM projection WHERE name IN (%1$s);
            INSERT INTO projection SELECT * FROM disk.projection WHERE name IN (%1$s);
            """.formatted(projections));
        tables.forEach(table ->
                restored.append("DELETE FROM %1$s; INSERT INTO %1$s SELECT * FROM disk.%1$s;".formatted(table)));
        execute(restored.append("COMMIT").toString());
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(sql, refused);
        }
    }
}
