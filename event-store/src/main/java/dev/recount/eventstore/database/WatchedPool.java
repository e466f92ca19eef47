package dev.recount.eventstore.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A pool that fails immediately while the database is unresponsive, instead of waiting for a connection. */
public final class WatchedPool extends DelegatingDataSource implements AutoCloseable {

    private final ServerConnections connections;

    private WatchedPool(HikariDataSource pool, ServerConnections connections) {
        super(pool);
        this.connections = connections;
    }

    /**
     * Wraps a pool that has not been started, and replaces the source of its connections.
     *
     * @param patience maximum time without a response from the database
     */
    public static WatchedPool over(HikariDataSource pool, Duration patience) {
        Properties properties = new Properties();
        properties.putAll(pool.getDataSourceProperties());
        setUnlessNull(properties, "user", pool.getUsername());
        setUnlessNull(properties, "password", pool.getPassword());
        ServerConnections connections = new ServerConnections(pool.getJdbcUrl(), properties, patience);
        connections.watch().onLoss(() -> evictAll(pool));
        pool.setDataSource(connections);
        pool.setExceptionOverride(new PoolEviction(pool));
        return new WatchedPool(pool, connections);
    }

    private static void setUnlessNull(Properties properties, String name, @Nullable String value) {
        if (value != null) {
            properties.setProperty(name, value);
        }
    }

    /** Evicts all connections. Those in use are closed when they are returned. */
    static void evictAll(HikariDataSource pool) {
        var running = pool.getHikariPoolMXBean();
        if (running != null) {
            running.softEvictConnections();
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        connections.watch().requireAnswer();
        return super.getConnection();
    }

    /**
     * A dedicated connection outside the pool, broken together with the pool's. Without a watched pool, a connection
     * from {@code dataSource}.
     */
    public static Connection aside(DataSource dataSource) throws SQLException {
        return dataSource.isWrapperFor(WatchedPool.class)
                ? dataSource.unwrap(WatchedPool.class).connections.getConnection()
                : dataSource.getConnection();
    }

    /** Ends the watch, but not the pool, which closes separately. */
    @Override
    public void close() {
        connections.watch().close();
    }
}
