package dev.recount.eventstore.database;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Sessions for long work that blocks no request. The work may idle within a transaction and wait for locks without
 * timeout.
 *
 * <p>Other nodes never end such a session. So its work may block other transactions only if that is intended.
 */
public final class LongRunningSessions extends DelegatingDataSource {

    /** Must be undone by {@link #RESET} before the session returns to its pool. */
    public static final String SETTINGS = """
        SET idle_in_transaction_session_timeout = 0;
        SET lock_timeout = 0;
        SELECT set_config('application_name', current_setting('application_name') || ' (at length)', false);
        """;

    public static final String RESET = """
        RESET idle_in_transaction_session_timeout;
        RESET lock_timeout;
        SELECT set_config('application_name', replace(current_setting('application_name'), ' (at length)', ''), false);
        """;

    /** Restores the normal timeouts for the rest of a transaction that now takes locks that requests wait for. */
    public static final String HURRY = """
        SET LOCAL idle_in_transaction_session_timeout = DEFAULT;
        SELECT set_config('application_name', replace(current_setting('application_name'), ' (at length)', ''), true);
        """;

    public LongRunningSessions(DataSource pool) {
        super(pool);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            execute(connection, SETTINGS);
        } catch (SQLException | RuntimeException | Error failure) {
            connection.close();
            throw failure;
        }
        return (Connection) Proxy.newProxyInstance(
                LongRunningSessions.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        close(connection);
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private static void close(Connection connection) throws SQLException {
        try (connection) {
            if (!connection.isClosed()) {
                if (!connection.getAutoCommit()) {
                    connection.rollback();
                    connection.setAutoCommit(true);
                }
                execute(connection, RESET);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
