package dev.recount.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** The database user of Recount: owner of one database, and not a superuser. */
final class Role {
    static final String SUPERUSER = "postgres";

    private Role() {}

    static String url(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /** Creates the role and its database of the same name, if an earlier start did not get that far. */
    static void ensure(String name, int port, String password) {
        try (var connection = DriverManager.getConnection(url(port, SUPERUSER), SUPERUSER, password)) {
            if (!exists(connection, "SELECT FROM pg_roles WHERE rolname = ?", name)) {
                execute(connection, "CREATE ROLE " + name + " LOGIN PASSWORD '" + password.replace("'", "''") + "'");
            }
            if (!exists(connection, "SELECT FROM pg_database WHERE datname = ?", name)) {
                execute(connection, "CREATE DATABASE " + name + " OWNER " + name);
            }
        } catch (SQLException failure) {
            throw new EmbeddedPostgresException(
                    "The embedded PostgreSQL refuses access: " + failure.getMessage(),
                    "Check that the file password in the data directory is the one it was created with.",
                    failure);
        }
    }

    private static boolean exists(Connection connection, String sql, String name) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (var rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
