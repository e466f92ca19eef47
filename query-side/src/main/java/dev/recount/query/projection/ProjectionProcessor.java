package dev.recount.query.projection;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one projection up with the log, on whichever node holds its claim. */
public final class ProjectionProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionProcessor.class);
    /** About as many as Axon buffers; large enough that rows, position and token cost little per event. */
    private static final int BATCH_SIZE = 1000;
    /** Positions are one order, so there is one segment; projections run beside each other, not in pieces. */
    private static final int SEGMENT = 0;

    private static final long CLAIM_MILLIS = 1000;
    /** Long enough for the coordinator to see it. */
    private static final long RELEASE_MILLIS = 200;

    /** In events; below this a scan costs nothing. */
    private static final long FIRST_ANALYZE = 500;

    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(5);

    private final Projection projection;
    private final ProjectionTransactions transactions;
    private final ProjectionProgress progress;
    private final PooledStreamingEventProcessor processor;
    private volatile long analyzedAt = FIRST_ANALYZE / 2;

    ProjectionProcessor(
            Projection projection,
            StreamableMessageSource<TrackedEventMessage<?>> log,
            ProjectionTransactions transactions,
            TokenStore tokens,
            ProjectionThreads threads,
            ProjectionPositions positions) {
        this.projection = projection;
        this.transactions = transactions;
        this.progress = new ProjectionProgress(projection.name(), positions);
        this.processor = PooledStreamingEventProcessor.builder()
                .name(projection.name())
                .eventHandlerInvoker(new BatchWriter(projection, transactions, progress))
                .errorHandler(progress)
                .messageSource(log)
                .tokenStore(tokens)
                .transactionManager(transactions)
                .coordinatorExecutor(threads.coordinators())
                .workerExecutor(threads.workers())
                .initialSegmentCount(1)
                .initialToken(StreamableMessageSource::createTailToken)
                .batchSize(BATCH_SIZE)
                .tokenClaimInterval(CLAIM_MILLIS)
                .claimExtensionThreshold(CLAIM_MILLIS)
                .enableCoordinatorClaimExtension()
                .build();
    }

    public Projection projection() {
        return projection;
    }

    /** The batch that cannot be applied at present; it is tried again every few seconds. */
    public Optional<ProjectionFailure> failure() {
        return progress.failure();
    }

    /** True while it runs or waits for another node's claim to end, and the log can be read. */
    public boolean isHealthy() {
        return processor.isRunning() && !processor.isError() && failure().isEmpty();
    }

    PooledStreamingEventProcessor processor() {
        return processor;
    }

    void start() {
        processor.start();
    }

    CompletableFuture<Void> stop() {
        return processor.shutdownAsync();
    }

    /** Empties the tables and counts again from the first event, whichever node does it; reads wait meanwhile. */
    public void recount() {
        transactions.run(connection -> ProjectionRows.startOver(connection, projection));
    }

    /**
     * Takes note of what the database says, and helps Axon over its longest pauses: after a failure, or after the
     * database was away, it would wait up to a minute before it tries again.
     */
    void seenAt(long position) {
        progress.seenAt(position);
        if (holdsClaim()) {
            analyzeWhenDoubled(position);
        } else if (processor.isRunning() && isDue()) {
            // Whether it worked shows at the next look.
            var _ = processor.claimSegment(SEGMENT);
        }
    }

    /**
     * PostgreSQL keeps the plans that it made while the tables were small, and looks for growth by itself only once a
     * minute: in that time an import would have every read scan a hundred thousand rows.
     */
    private void analyzeWhenDoubled(long position) {
        if (position >= 2 * analyzedAt || position < analyzedAt / 2) {
            analyzedAt = Math.max(position, FIRST_ANALYZE / 2);
            transactions.run(connection -> {
                try (var analyze = connection.createStatement()) {
                    analyze.execute("ANALYZE " + String.join(", ", projection.tables()));
                }
            });
        }
    }

    private boolean isDue() {
        return processor.isError()
                || failure()
                        .filter(last -> last.at().plus(LONGEST_BACK_OFF).isBefore(Instant.now()))
                        .isPresent();
    }

    /** The rows are behind what this node committed: it reads its token anew instead of going on from memory. */
    void fellBack() {
        if (holdsClaim()) {
            LOG.warn("{} stands behind what was committed here, its token is read anew", projection.name());
            processor.releaseSegment(SEGMENT, RELEASE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private boolean holdsClaim() {
        return !processor.processingStatus().isEmpty();
    }
}
