package dev.recount.eventstore.append;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.database.UnknownOutcomeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's single writer of the log. It commits all waiting appends together, so that one flush to disk serves many
 * commands.
 *
 * <p>Batches size themselves: appends that arrive during one commit form the next batch. A separate clock thread times
 * out an append that waits longer than the patience, even while the writer is blocked.
 */
public final class GroupCommitAppender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitAppender.class);

    /** Bounds the statement's parameters. A single larger append is still written whole. */
    private static final int MAX_EVENTS_PER_BATCH = 2_000;

    private static final int MAX_CHARS_PER_BATCH = 4 << 20;

    private static final Duration TICK = Duration.ofMillis(200);

    /** Extra time for an append that the database already has, since its result is still due. */
    private static final Duration GRACE = Duration.ofMillis(600);

    private final LogWriter writer;
    private final Duration patience;
    private final ObjLongConsumer<Append> onAppended;
    private final LinkedBlockingQueue<Append> waiting = new LinkedBlockingQueue<>();
    private final Thread thread;
    private final Thread clock;
    private volatile @Nullable Append heldBack;
    private volatile List<Append> underWay = List.of();
    private volatile boolean closing;

    /**
     * @param patience time after which an append fails
     * @param onAppended called for each append in position order, with the position before its first event
     */
    public GroupCommitAppender(LogWriter writer, Duration patience, ObjLongConsumer<Append> onAppended) {
        this.writer = writer;
        this.patience = patience;
        this.onAppended = onAppended;
        this.thread = Thread.ofPlatform().name("recount-appender").daemon().start(this::run);
        this.clock = Thread.ofPlatform().name("recount-append-clock").daemon().start(this::watch);
    }

    /**
     * Waits until the events are durable and returns the position before the first of them.
     *
     * @throws org.axonframework.modelling.command.ConcurrencyException when one of their places is taken
     * @throws LogUnavailableException when the database is unreachable or the log is locked for longer than the
     *     patience; nothing was written
     * @throws UnknownOutcomeException when it is unknown whether the events were written
     */
    public long append(Append append) {
        if (closing) {
            throw new IllegalStateException("The event log is closed");
        }
        append.begin(System.nanoTime());
        waiting.add(append);
        if (!thread.isAlive()) {
            failWaiting();
        }
        return append.await();
    }

    private void run() {
        for (List<Append> batch = takeBatch(); batch != null; batch = takeBatch()) {
            underWay = batch;
            try {
                BatchWriting.write(writer, patience, batch);
                announce(batch);
            } catch (RuntimeException | Error e) {
                LOG.error("A batch of {} appends failed unexpectedly", batch.size(), e);
                var cause = new UnknownOutcomeException("The append failed unexpectedly", e);
                batch.forEach(append -> append.fail(cause));
            }
            underWay = List.of();
        }
    }

    private @Nullable List<Append> takeBatch() {
        try {
            List<Append> batch = new ArrayList<>();
            Append next = heldBack != null ? heldBack : waiting.take();
            heldBack = null;
            int events = 0;
            long chars = 0;
            while (next != null) {
                if (next.size() == 0) {
                    return null; // the closing mark
                }
                events += next.size();
                chars += next.events().stream()
                        .mapToLong(event -> event.payload().length())
                        .sum();
                if (!batch.isEmpty() && (events > MAX_EVENTS_PER_BATCH || chars > MAX_CHARS_PER_BATCH)) {
                    heldBack = next;
                    break;
                }
                batch.add(next);
                next = waiting.peek() != null && waiting.peek().size() == 0 ? null : waiting.poll();
            }
            return batch;
        } catch (InterruptedException e) {
            return null;
        }
    }

    /**
     * Wakes readers early. The writer has already completed the callers, and readers would also find the events by
     * polling.
     */
    private void announce(List<Append> batch) {
        batch.stream()
                .filter(append -> append.position() != Append.NOWHERE)
                .sorted((a, b) -> Long.compare(a.position(), b.position()))
                .forEach(append -> onAppended.accept(append, append.position()));
    }

    private void watch() {
        long before = System.nanoTime();
        while (thread.isAlive()) {
            try {
                if (thread.join(TICK)) {
                    return;
                }
            } catch (InterruptedException e) {
                return;
            }
            long now = System.nanoTime();
            // After a pause of the whole node, first give the writer time to learn the result.
            if (now - before < GRACE.toNanos()) {
                giveUpOverdue(now);
            }
            before = now;
        }
    }

    private void giveUpOverdue(long now) {
        for (Append next = waiting.peek(); next != null && isOver(next, patience, now); next = waiting.peek()) {
            withdraw(next);
            waiting.remove(next);
        }
        Append held = heldBack;
        if (held != null && isOver(held, patience, now)) {
            withdraw(held);
        }
        for (Append append : underWay) {
            if (isOver(append, patience, now)) {
                withdraw(append);
            }
            if (isOver(append, patience.plus(GRACE), now)) {
                append.fail(new UnknownOutcomeException("The database has not confirmed the append for too long"));
            }
        }
    }

    private static boolean isOver(Append append, Duration bound, long now) {
        return append.size() > 0 && append.waited(now).compareTo(bound) >= 0;
    }

    private static void withdraw(Append append) {
        append.withdraw(new LogUnavailableException("The log could not be written to for too long"));
    }

    private void failWaiting() {
        List<Append> left = new ArrayList<>();
        waiting.drainTo(left);
        left.forEach(append -> append.fail(new IllegalStateException("The event log is closed")));
    }

    /** Writes the waiting appends, then stops. */
    @Override
    public void close() {
        closing = true;
        waiting.add(new Append(List.of(), List.of()));
        try {
            thread.join();
            clock.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        failWaiting();
    }
}
