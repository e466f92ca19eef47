package dev.recount.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.benchmarks.history.History;
import dev.recount.benchmarks.history.LogFill;
import dev.recount.command.bus.CommandDispatcher;
import dev.recount.command.ids.IdSequence;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.query.checkpoint.LocalCheckpoints;
import dev.recount.query.projection.Projection;
import dev.recount.standalone.RecountApplication;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A Recount in this process on a free port, with everything that production has and the endpoints that do nothing. */
record RunningRecount(ConfigurableApplicationContext beans) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofHours(2);

    /** Starts on an embedded PostgreSQL whose data is in the directory. */
    static RunningRecount in(Path data) {
        return start("--recount.data-directory=" + data);
    }

    /** A further node on the same database. */
    RunningRecount furtherNode(Path directory) {
        HikariDataSource database = database();
        return start(
                "--recount.audit.key-file=" + directory.resolve("audit.key"),
                "--spring.datasource.url=" + database.getJdbcUrl(),
                "--spring.datasource.username=" + database.getUsername(),
                "--spring.datasource.password=" + database.getPassword());
    }

    private static RunningRecount start(String... options) {
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.add("--server.port=0");
        return new RunningRecount(new SpringApplicationBuilder(RecountApplication.class)
                .sources(NoOpEndpoint.class)
                .run(arguments.toArray(String[]::new)));
    }

    HikariDataSource database() {
        try {
            return beans.getBean(DataSource.class).unwrap(HikariDataSource.class);
        } catch (SQLException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    JdbcClient sql() {
        return JdbcClient.create(database());
    }

    JdbcFloor jdbc() throws SQLException {
        HikariDataSource database = database();
        JdbcFloor floor = new JdbcFloor(database.getJdbcUrl(), database.getUsername(), database.getPassword());
        floor.createTable();
        return floor;
    }

    Requests requests() {
        return new Requests(beans.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
    }

    Commands commands() {
        return new Commands(beans.getBean(CommandDispatcher.class), beans.getBean("issueIds", IdSequence.class));
    }

    LocalCheckpoints positions() {
        return beans.getBean(LocalCheckpoints.class);
    }

    List<String> projections() {
        return beans.getBeansOfType(Projection.class).values().stream()
                .map(Projection::name)
                .toList();
    }

    /** Appends the history to the log of a new installation and waits for the projections. */
    void fill(History history) throws InterruptedException {
        Stopwatch filling = new Stopwatch();
        new LogFill(beans.getBean(EventStore.class), beans.getBean(RecountSerializer.class)).append(history);
        filling.say("%,d events appended", history.events());
        awaitCaughtUp();
        filling.say("%,d events appended and projected", history.events());
        JdbcClient sql = sql();
        // A fill takes its ids from the history, but creates over HTTP take theirs from this sequence.
        sql.sql("SELECT setval('issue_id', (SELECT max(id) FROM issue_row) + 1000000)")
                .query(Long.class)
                .single();
        // Otherwise PostgreSQL might do this in the middle of the first round.
        sql.sql("VACUUM ANALYZE").update();
    }

    /**
     * Waits until every projection has caught up with the current log.
     *
     * @throws IllegalStateException if a projection does not catch up
     */
    void awaitCaughtUp() throws InterruptedException {
        long head = beans.getBean(EventLog.class).head();
        try (ExecutorService waiting = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Boolean>> waits = projections().stream()
                    .map(projection -> (Callable<Boolean>) () -> positions().await(projection, head, PATIENCE))
                    .toList();
            // Waits for all together, because only projections with concurrent waiters share their batches.
            for (Future<Boolean> reached : waiting.invokeAll(waits)) {
                if (!reached.get()) {
                    throw new IllegalStateException("A projection has not reached " + head + " in " + PATIENCE);
                }
            }
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    @Override
    public void close() {
        beans.close();
    }
}
