package dev.recount.query.daemon;

import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.eventstore.scan.LogScan;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.query.checkpoint.CoalescedCheckpoints;
import dev.recount.query.checkpoint.LocalCheckpoints;
import dev.recount.query.consistency.ReadActivity;
import dev.recount.query.consistency.ReadBarrier;
import dev.recount.query.consistency.ReadSessions;
import dev.recount.query.deadletters.DeadLetters;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import dev.recount.query.projection.Transactions;
import dev.recount.query.rebuild.RebuildPhase;
import dev.recount.query.rebuild.Rebuilds;
import dev.recount.query.rebuild.StartOutcome;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One node's event store with some projections running over it, wired as in production but without HTTP. */
public record QueryNode(EventStoreNode log, JdbcClient sql) implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    public static QueryNode on(DataSource dataSource, Class<?>... projections) {
        var configurations = Stream.concat(Stream.of(ProjectionConfiguration.class), Stream.of(projections))
                .toArray(Class<?>[]::new);
        return new QueryNode(EventStoreNode.on(dataSource, configurations), JdbcClient.create(dataSource));
    }

    public void append(String stream, long fromSequence, Object... events) {
        log.append(stream, fromSequence, events);
    }

    /** As in production, but more patient, for machines that have much else to do. */
    public ReadBarrier barrier() {
        return barrier(PATIENCE);
    }

    public ReadBarrier barrier(Duration patience) {
        var beans = log.context();
        return new ReadBarrier(
                beans.getBean(CoalescedCheckpoints.class),
                beans.getBean(LocalCheckpoints.class),
                beans.getBean(ReadSessions.class),
                new ReadActivity(),
                patience);
    }

    public LiveProjection live(String projection) {
        return log.context().getBean(Projections.class).of(projection);
    }

    /** Rebuilds the projection from the first event on, and waits until it is through. */
    public void recount(String projection) {
        var beans = log.context();
        var projections = List.copyOf(beans.getBeansOfType(Projection.class).values());
        try (var rebuilds =
                new Rebuilds(beans.getBean(DataSource.class), beans.getBean(LogScan.class), projections, "test")) {
            var state = switch (rebuilds.rebuild(List.of(projection))) {
                case StartOutcome.Started started ->
                    started.end().toCompletableFuture().join();
                case StartOutcome refused -> throw new IllegalStateException(refused.toString());
            };
            if (state.phase() != RebuildPhase.DONE) {
                throw new IllegalStateException(state.toString());
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        barrier().await(projection);
    }

    /** The rows of all tables of the projection, as text. */
    public Map<String, List<String>> rows(String projection) {
        return live(projection).projection().tables().stream()
                .collect(Collectors.toMap(
                        Function.identity(),
                        table -> sql.sql("SELECT t::text FROM %s t ORDER BY 1".formatted(table))
                                .query(String.class)
                                .list()));
    }

    /** Applies the whole log to the projection again, as if it had not been applied yet. */
    public void applyAgain(String projection) {
        applyAgain(projection, Integer.MAX_VALUE);
    }

    /** The same with so many events from the beginning of the log on, but for issues that are withdrawn after them. */
    public void applyAgain(String projection, int firstEvents) {
        var all = log.log().readAfter(0, Integer.MAX_VALUE).stream()
                .map(LoggedEvent::of)
                .toList();
        var withdrawnLater = all.stream()
                .skip(firstEvents)
                .filter(logged -> logged.event() instanceof IssueWithdrawn)
                .map(LoggedEvent::stream)
                .collect(Collectors.toSet());
        var events = all.stream()
                .limit(firstEvents)
                .filter(logged -> !withdrawnLater.contains(logged.stream()))
                .toList();
        log.context().getBean(Transactions.class).run(connection -> {
            live(projection).projection().apply(events, connection);
            return projection;
        });
    }

    public DeadLetters deadLetters() {
        return log.context().getBean(DeadLetters.class);
    }

    /** Nothing is applied any more. */
    public void stop() {
        log.context().getBean(ProjectorLifecycle.class).stop();
    }

    boolean holds(String projection) {
        return log.context().getBean(ProjectionClaims.class).holds(projection);
    }

    public ProjectionHealth health() {
        return log.context().getBean(ProjectionHealth.class);
    }

    @Override
    public void close() {
        log.close();
    }
}
