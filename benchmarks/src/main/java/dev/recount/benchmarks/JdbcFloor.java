package dev.recount.benchmarks;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The floor of every write: a JDBC insert of one row of an event's size, in its own transaction, on one connection per
 * client.
 */
record JdbcFloor(String url, String user, String password) {

    private static final String INSERT = "INSERT INTO benchmark_floor (payload) VALUES (?::jsonb)";

    void createTable() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS benchmark_floor"
                    + " (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, payload jsonb NOT NULL)");
        }
    }

    Workload forClient(int client) throws SQLException {
        Connection connection = connect();
        PreparedStatement insert = connection.prepareStatement(INSERT);
        String payload =
                "{\"issueId\": %d, \"title\": \"%s\", \"description\": \"%s\", \"status\": \"open\", \"version\": 1}"
                        .formatted(client, Texts.TITLE, Texts.DESCRIPTION);
        return Workload.over(connection, () -> {
            insert.setString(1, payload);
            insert.executeUpdate();
        });
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, user, password);
    }
}
