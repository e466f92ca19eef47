package dev.recount.eventstore.append;

import dev.recount.eventstore.serialization.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.eventhandling.DomainEventMessage;

/** Events that are appended to the log together or not at all, with their outcome. */
public final class Append {

    /** Stands for "no position". */
    static final long NOWHERE = -1;

    private enum Stage {
        /** Not sent to the database; may be withdrawn. */
        WAITING,
        /** Sent to the database, which alone knows the outcome. */
        SENT,
        /** The caller has its result. */
        OVER
    }

    private final List<DomainEventMessage<?>> messages;
    private final List<StoredEvent> events;
    private final List<byte[]> leaves;
    private final CompletableFuture<Long> done = new CompletableFuture<>();
    private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.WAITING);
    private long began = System.nanoTime();
    private long position = NOWHERE;

    /**
     * Hashes the events in the calling thread, because the appender has only one thread.
     *
     * @param messages the events for readers in this process; empty if readers are to read the database
     */
    public Append(List<DomainEventMessage<?>> messages, List<StoredEvent> events) {
        this.messages = messages;
        this.events = events;
        this.leaves = StoredEvent.leaves(events);
    }

    public List<DomainEventMessage<?>> messages() {
        return messages;
    }

    public List<StoredEvent> events() {
        return events;
    }

    /** The events' hashes in the tree. */
    public List<byte[]> leaves() {
        return leaves;
    }

    public int size() {
        return events.size();
    }

    /** Starts the append's clock. */
    void begin(long now) {
        began = now;
    }

    Duration waited(long now) {
        return Duration.ofNanos(now - began);
    }

    /** Waits for the position before the first of the events. */
    long await() {
        try {
            return done.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /** Whether it may be sent to the database: not after its caller has a result. */
    boolean send() {
        return stage.compareAndSet(Stage.WAITING, Stage.SENT) || stage.get() == Stage.SENT;
    }

    /** Marks it as not sent, if the database certainly wrote nothing of it. */
    void takeBack() {
        stage.compareAndSet(Stage.SENT, Stage.WAITING);
    }

    /** Fails it unless it was sent to the database. */
    boolean withdraw(RuntimeException cause) {
        return stage.compareAndSet(Stage.WAITING, Stage.OVER) && done.completeExceptionally(cause);
    }

    /** Fails it regardless of the database's outcome. It is not sent again. */
    void fail(RuntimeException cause) {
        stage.set(Stage.OVER);
        done.completeExceptionally(cause);
    }

    /** Marks it as written, even if its caller has already timed out. */
    void complete(long before) {
        position = before;
        stage.set(Stage.OVER);
        done.complete(before);
    }

    /** The position before its first event, or {@link #NOWHERE}. Confined to the writer's thread. */
    public long position() {
        return position;
    }
}
