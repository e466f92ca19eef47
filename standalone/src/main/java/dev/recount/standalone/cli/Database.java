package dev.recount.standalone.cli;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool.PoolInitializationException;
import dev.recount.eventstore.database.LongStatements;
import dev.recount.eventstore.database.WatchedPool;
import dev.recount.eventstore.scan.Migrations;
import dev.recount.postgres.ServerLease;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;

/** The configured database, with the tables of this version, for the duration of a command. */
final class Database implements AutoCloseable {

    private static final String ANY_EVENT_LOG = "SELECT to_regclass('event_log') IS NOT NULL";

    // No connection, no such user or password, no such database.
    private static final Set<String> NO_ACCESS = Set.of("08", "28", "3D");
    // Shut down, starting up, no room for one more.
    private static final Set<String> NO_SERVICE = Set.of("57P01", "57P02", "57P03", "53300");

    /** Longer than a request's timeout, because a command can wait and costs more to start again. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HikariDataSource pool;
    private final @Nullable ServerLease visit;
    private @Nullable WatchedPool watched;

    private Database(HikariDataSource pool, @Nullable ServerLease visit) {
        this.pool = pool;
        this.visit = visit;
    }

    /** Opens an existing installation. */
    static Database open(Settings settings) {
        return open(settings, ServerLease::to, database -> {
            database.requireRecount();
            database.migrate("event_store", "query_side");
        });
    }

    /** Opens an installation that may be new. */
    static Database create(Settings settings) {
        return open(
                settings,
                ServerLease::create,
                database -> database.migrate("event_store", "command_side", "query_side"));
    }

    @FunctionalInterface
    private interface Preparation {
        void of(Database database) throws SQLException;
    }

    private static Database open(Settings settings, Function<Path, ServerLease> visiting, Preparation preparation) {
        var url = settings.environment().getProperty("spring.datasource.url", "");
        var visit = url.isBlank() ? visiting.apply(settings.dataDirectory()) : null;
        var database = new Database(new HikariDataSource(), visit);
        try {
            database.connect(settings, url);
            preparation.of(database);
            return database;
        } catch (SQLException | RuntimeException failure) {
            database.close();
            throw refusal(failure, withoutParameters(url));
        }
    }

    /** The database's name, for people. */
    static String name(Settings settings) {
        var url = settings.environment().getProperty("spring.datasource.url", "");
        return url.isBlank()
                ? settings.dataDirectory().toAbsolutePath().normalize().toString()
                : withoutParameters(url);
    }

    private void connect(Settings settings, String url) {
        var environment = settings.environment();
        Binder.get(environment).bind("spring.datasource.hikari", Bindable.ofInstance(pool));
        pool.setMinimumIdle(0);
        pool.setPoolName("recount-command");
        pool.setJdbcUrl(visit == null ? url : visit.url());
        pool.setUsername(visit == null ? environment.getProperty("spring.datasource.username") : visit.user());
        pool.setPassword(visit == null ? environment.getProperty("spring.datasource.password") : visit.password());
        watched = WatchedPool.over(pool, PATIENCE);
    }

    private void migrate(String... modules) {
        for (var module : modules) {
            Migrations.migrate(dataSource(), module);
        }
    }

    /** Refuses an empty database, because migrating one under a mistyped name would create a new installation. */
    private void requireRecount() throws SQLException {
        try (var connection = pool.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(ANY_EVENT_LOG)) {
            row.next();
            if (!row.getBoolean(1)) {
                throw CommandFailure.noDatabase("The database " + withoutParameters(pool.getJdbcUrl())
                        + " holds no Recount.\nCheck --spring.datasource.url.");
            }
        }
    }

    private static RuntimeException refusal(Exception failure, String url) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isUnreachable(sql)) {
                return CommandFailure.noDatabase("The database " + (url.isBlank() ? "in the data directory" : url)
                        + " gives no connection. " + sql.getMessage()
                        + "\nCheck --spring.datasource.url, --spring.datasource.username and"
                        + " --spring.datasource.password.");
            }
        }
        return failure instanceof RuntimeException unexpected ? unexpected : new PoolInitializationException(failure);
    }

    static boolean isUnreachable(SQLException failure) {
        var state = failure.getSQLState();
        return state != null
                && state.length() == 5
                && (NO_ACCESS.contains(state.substring(0, 2)) || NO_SERVICE.contains(state));
    }

    /** Removes the parameters of a JDBC URL, which may hold a password. */
    private static String withoutParameters(String url) {
        return url.replaceFirst("\\?.*", "").replaceFirst("//[^/]*@", "//");
    }

    DataSource dataSource() {
        return new LongStatements(Objects.requireNonNull(watched));
    }

    @Override
    public void close() {
        if (watched != null) {
            watched.close();
        }
        pool.close();
        if (visit != null) {
            visit.close();
        }
    }
}
