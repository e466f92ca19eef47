package dev.recount.eventstore.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.jdbc.PgConnection;
import org.postgresql.util.PSQLException;

/**
 * A connection for one short query that shows whether the server responds. It is reopened after each query without a
 * response.
 */
final class DatabasePulse implements AutoCloseable {

    /** Distinguishes a server from itself before a restart. */
    private static final String START = "SELECT pg_postmaster_start_time()::text";

    /** Timeout of the occasional long attempt, for a server that is slow to accept connections. */
    private static final int LONGEST_START_UP_SECONDS = 8;

    private final ServerConnections connections;
    private final Duration answerTime;
    private @Nullable Connection connection;
    private int startUps;

    DatabasePulse(ServerConnections connections, Duration answerTime) {
        this.connections = connections;
        this.answerTime = answerTime;
    }

    /** Returns an identifier of the server, empty if it is running but refuses this connection. */
    Optional<String> ask() throws SQLException {
        try {
            Connection asked = connection != null ? connection : open();
            asked.setNetworkTimeout(Runnable::run, (int) answerTime.toMillis());
            try (Statement statement = asked.createStatement();
                    ResultSet row = statement.executeQuery(START)) {
                row.next();
                startUps = 0;
                return Optional.of(host(asked) + " since " + row.getString(1));
            }
        } catch (SQLException | RuntimeException | Error e) {
            close();
            if (e instanceof PSQLException refusal && isAlive(refusal)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** Whether a server that refuses this connection serves others: it does, unless it is starting or stopping. */
    private static boolean isAlive(PSQLException refusal) {
        String state = refusal.getSQLState();
        return refusal.getServerErrorMessage() != null && state != null && !state.startsWith("57P");
    }

    /** The host of the URL to which the connection leads. */
    private static String host(Connection connection) throws SQLException {
        return connection
                .unwrap(PgConnection.class)
                .getQueryExecutor()
                .getHostSpec()
                .toString();
    }

    private Connection open() throws SQLException {
        startUps++;
        Connection opened = connections.open(seconds(startUps));
        connection = opened;
        return opened;
    }

    /** The timeouts in sequence: 1, 1, 2, 1, 4, 1, 2, 1, 8 and so on. */
    private static int seconds(int attempt) {
        return Math.min(Integer.lowestOneBit(Math.max(1, attempt - 1)), LONGEST_START_UP_SECONDS);
    }

    @Override
    public void close() {
        Connection dead = connection;
        connection = null;
        if (dead != null) {
            try {
                dead.abort(Thread::startVirtualThread);
            } catch (SQLException e) {
                // The connection is closed already.
                return;
            }
        }
    }
}
