package dev.recount.eventstore.testing;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/** A new and empty database on the JVM's test server; closing it drops it. */
public record TestDatabase(HikariDataSource dataSource, String name, TestServer server) implements AutoCloseable {
    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final int POOL_SIZE = 20;

    /** Creates a database for one test alone. */
    public static TestDatabase fresh() {
        var server = TestServer.shared();
        // Several JVMs may share the server.
        var name = "test_%d_%d".formatted(ProcessHandle.current().pid(), NUMBERS.incrementAndGet());
        execute(server, "CREATE DATABASE " + name);
        var config = new HikariConfig();
        config.setJdbcUrl(server.url(name));
        config.setUsername(server.user());
        config.setPassword(server.password());
        config.setMaximumPoolSize(POOL_SIZE);
        config.setMinimumIdle(1);
        config.setPoolName(name);
        return new TestDatabase(new HikariDataSource(config), name, server);
    }

    /** A separate pool for one node. It is not started yet, so that the node can apply its session settings. */
    public HikariDataSource nodePool() {
        var pool = new HikariDataSource();
        pool.setJdbcUrl(url());
        pool.setUsername(user());
        pool.setPassword(password());
        pool.setMaximumPoolSize(POOL_SIZE / 2);
        pool.setMinimumIdle(1);
        return pool;
    }

    /** The JDBC URL, for tests with their own pool or process. */
    public String url() {
        return server.url(name);
    }

    public String user() {
        return server.user();
    }

    public String password() {
        return server.password();
    }

    /** Removes all events after a position from the log, and nothing else. To an observer this looks like a restore. */
    public void setLogBackTo(long position) {
        try (var connection = dataSource.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("""
                BEGIN;
                ALTER TABLE event_log DISABLE TRIGGER event_log_is_append_only;
                DELETE FROM event_log WHERE position > %d;
                ALTER TABLE event_log ENABLE ALWAYS TRIGGER event_log_is_append_only;
                COMMIT
                """.formatted(position));
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    /** Drops the database, even with open connections. */
    @Override
    public void close() {
        dataSource.close();
        execute(server, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    }

    private static void execute(TestServer server, String sql) {
        try (var connection = DriverManager.getConnection(server.url("postgres"), server.user(), server.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException refused) {
            throw new IllegalStateException(sql, refused);
        }
    }
}
