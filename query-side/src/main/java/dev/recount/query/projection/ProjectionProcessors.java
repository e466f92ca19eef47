package dev.recount.query.projection;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** All processors of this node: started before the first request comes in, stopped after the last one. */
public final class ProjectionProcessors implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionProcessors.class);
    /** Before the web server, whose phase is near the end. */
    private static final int PHASE = 0;

    private static final int STOP_SECONDS = 10;
    private static final int WATCH_SECONDS = 1;

    private final Map<String, ProjectionProcessor> processors;
    private final ProjectionTransactions transactions;
    private final ProjectionThreads threads;
    private final SharedStandings standings;
    private @Nullable ScheduledFuture<?> watch;

    ProjectionProcessors(
            List<ProjectionProcessor> processors,
            ProjectionTransactions transactions,
            ProjectionThreads threads,
            ProjectionPositions positions,
            SharedStandings standings) {
        this.processors = processors.stream()
                .collect(Collectors.toUnmodifiableMap(
                        processor -> processor.projection().name(), Function.identity()));
        this.transactions = transactions;
        this.threads = threads;
        this.standings = standings;
        positions.onFallBack(projection -> of(projection).fellBack());
    }

    /** @throws IllegalArgumentException for an unknown projection */
    public ProjectionProcessor of(String projection) {
        var processor = processors.get(projection);
        if (processor == null) {
            throw new IllegalArgumentException("no projection " + projection);
        }
        return processor;
    }

    /** By name. */
    public Map<String, ProjectionProcessor> all() {
        return processors;
    }

    @Override
    public void start() {
        processors.values().forEach(processor -> register(processor.projection()));
        processors.values().forEach(ProjectionProcessor::start);
        watch = threads.workers().scheduleWithFixedDelay(this::look, WATCH_SECONDS, WATCH_SECONDS, TimeUnit.SECONDS);
    }

    private void register(Projection projection) {
        transactions.run(connection -> {
            ProjectionRows.register(connection, projection);
            var stored = ProjectionRows.storedVersion(connection, projection.name());
            if (stored != projection.version()) {
                LOG.warn(
                        "{} is of version {} and its rows are of version {}: they are counted anew",
                        projection.name(),
                        projection.version(),
                        stored);
                ProjectionRows.startOver(connection, projection);
            }
        });
    }

    private void look() {
        try {
            var seen = standings.ask(TimeUnit.SECONDS.toNanos(WATCH_SECONDS));
            processors.forEach((name, processor) -> processor.seenAt(seen.positionOf(name)));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | RuntimeException failure) {
            LOG.debug("no look at the projections while the database does not answer", failure);
        }
    }

    @Override
    public void stop() {
        if (watch != null) {
            watch.cancel(false);
            watch = null;
        }
        var stopping =
                processors.values().stream().map(ProjectionProcessor::stop).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(stopping)
                .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
                .exceptionally(late -> {
                    LOG.warn("projections are stopped in the middle of a batch", late);
                    return null;
                })
                .join();
    }

    @Override
    public boolean isRunning() {
        return watch != null;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
