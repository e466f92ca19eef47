package dev.recount.eventstore.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A pool that gives no connection while the database is silent: it refuses at once what would only wait. */
public final class WatchedPool extends DelegatingDataSource implements AutoCloseable {

    private final ServerConnections connections;

    private WatchedPool(HikariDataSource pool, ServerConnections connections) {
        super(pool);
        this.connections = connections;
    }

    /**
     * Takes the place of a pool that has not been started, of which it changes where connections come from.
     *
     * @param patience for how long the database may be silent
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

    /** What is in use is dropped when it is given back. */
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

    /** A connection for one user for as long as it likes, broken with the pool's; elsewhere, one of the pool's. */
    public static Connection aside(DataSource dataSource) throws SQLException {
        return dataSource.isWrapperFor(WatchedPool.class)
                ? dataSource.unwrap(WatchedPool.class).connections.getConnection()
                : dataSource.getConnection();
    }

    /** Ends the watch; the pool ends by itself. */
    @Override
    public void close() {
        connections.watch().close();
    }
}
