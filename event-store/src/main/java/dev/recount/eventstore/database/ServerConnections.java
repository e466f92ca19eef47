package dev.recount.eventstore.database;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.datasource.AbstractDataSource;

/**
 * Opens the connections that a pool holds, and breaks them when the server no longer answers.
 *
 * <p>A start-up and a statement have bounds of their own: a frozen server still accepts connections, and a long statement
 * is not a dead server.
 */
final class ServerConnections extends AbstractDataSource {

    /** The last resort for one connection that is dead while the server answers on others. */
    static final Duration LONGEST_STATEMENT = Duration.ofMinutes(1);

    /** Until the server has answered once: a node may start beside a server that recovers on a slow machine. */
    private static final int FIRST_START_UP_SECONDS = 10;

    private static final int SHORTEST_START_UP_SECONDS = 2;

    private static final int LONGEST_START_UP_SECONDS = 16;

    private final String url;
    private final Properties properties;
    private final DatabaseWatch watch;
    private final Set<Opened> opened = ConcurrentHashMap.newKeySet();
    private final AtomicInteger startUpSeconds = new AtomicInteger(FIRST_START_UP_SECONDS);

    private record Opened(Connection connection, long nanoTime) {}

    /** @param properties of the JDBC driver, user and password included */
    ServerConnections(String url, Properties properties, Duration patience) {
        this.url = url;
        this.properties = properties;
        this.watch = new DatabaseWatch(this, patience);
    }

    DatabaseWatch watch() {
        return watch;
    }

    /** Waits for a server that is known not to answer: a pool that was refused would pause for longer and longer. */
    @Override
    public Connection getConnection() throws SQLException {
        watch.awaitAnswer();
        int seconds = startUpSeconds.get();
        try {
            Connection connection = open(seconds);
            startUpSeconds.set(SHORTEST_START_UP_SECONDS);
            connection.setNetworkTimeout(Runnable::run, (int) LONGEST_STATEMENT.toMillis());
            opened.removeIf(ServerConnections::isClosed);
            opened.add(new Opened(connection, System.nanoTime()));
            watch.start();
            return connection;
        } catch (SQLException e) {
            // A server that needs longer for a start-up is given longer.
            startUpSeconds.set(Math.min(2 * seconds, LONGEST_START_UP_SECONDS));
            throw e;
        }
    }

    /** For as long a pool that is closed waits for connections that are being opened. */
    @Override
    public int getLoginTimeout() {
        return startUpSeconds.get();
    }

    /** A pool's credentials are in the properties. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    /** A connection that nothing breaks and that bounds its start-up only. */
    Connection open(int seconds) throws SQLException {
        Properties bounded = new Properties();
        bounded.putAll(properties);
        bounded.putIfAbsent("tcpKeepAlive", "true");
        bounded.setProperty("connectTimeout", Integer.toString(seconds));
        // Bounds the exchange of the start-up for each host of the URL, which loginTimeout does only for all of them.
        bounded.setProperty("socketTimeout", Integer.toString(seconds));
        Connection connection = DriverManager.getConnection(url, bounded);
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }

    /** Ends what waits on any of the connections with an error, now. */
    void breakAll() {
        opened.forEach(ServerConnections::abort);
    }

    /** The same for the connections that were opened before a moment of {@link System#nanoTime}. */
    void breakOpenedBefore(long nanoTime) {
        opened.stream().filter(each -> each.nanoTime() - nanoTime < 0).forEach(ServerConnections::abort);
    }

    private static void abort(Opened each) {
        // Closing a TLS socket may wait for a write that is under way.
        try {
            each.connection().abort(Thread::startVirtualThread);
        } catch (SQLException e) {
            // It is closed already.
            return;
        }
    }

    private static boolean isClosed(Opened each) {
        try {
            return each.connection().isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
