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
 * Opens the connections of a pool, and breaks them when the server no longer responds.
 *
 * <p>Connection start-up and statements have separate timeouts: a frozen server still accepts connections, and a long
 * statement does not mean a dead server.
 */
final class ServerConnections extends AbstractDataSource {

    /** The last resort for a single dead connection while the server responds on others. */
    static final Duration LONGEST_STATEMENT = Duration.ofMinutes(1);

    /**
     * Applies until the server has responded once: a node may start next to a server that recovers on a slow machine.
     */
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

    /**
     * Waits while the server is known to be unresponsive: after failures, a pool would back off for longer and longer.
     */
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
            // Give a server that needs longer for a connection start-up more time.
            startUpSeconds.set(Math.min(2 * seconds, LONGEST_START_UP_SECONDS));
            throw e;
        }
    }

    /** The time that a closing pool waits for connections that are being opened. */
    @Override
    public int getLoginTimeout() {
        return startUpSeconds.get();
    }

    /** Ignores the credentials, because the pool's are in the properties. */
    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    /** Opens a connection that this class never breaks. Only its start-up has a timeout. */
    Connection open(int seconds) throws SQLException {
        Properties bounded = new Properties();
        bounded.putAll(properties);
        bounded.putIfAbsent("tcpKeepAlive", "true");
        bounded.setProperty("connectTimeout", Integer.toString(seconds));
        // Bounds the start-up exchange per host of the URL. loginTimeout bounds it only for all hosts together.
        bounded.setProperty("socketTimeout", Integer.toString(seconds));
        Connection connection = DriverManager.getConnection(url, bounded);
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }

    /** Breaks all connections, so that everything that waits on them fails immediately. */
    void breakAll() {
        opened.forEach(ServerConnections::abort);
    }

    /** Breaks the connections opened before a moment of {@link System#nanoTime}. */
    void breakOpenedBefore(long nanoTime) {
        opened.stream().filter(each -> each.nanoTime() - nanoTime < 0).forEach(ServerConnections::abort);
    }

    private static void abort(Opened each) {
        // Abort instead of closing: closing a TLS socket may wait for a write in progress.
        try {
            each.connection().abort(Thread::startVirtualThread);
        } catch (SQLException e) {
            // The connection is closed already.
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
