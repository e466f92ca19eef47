package dev.recount.eventstore.append;

import dev.recount.eventstore.serialization.StoredEvent;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import org.axonframework.eventhandling.DomainEventMessage;

/** Events that go into the log together or not at all, with what has become of them. */
public final class Append {

    /** In positions: none. */
    static final long NOWHERE = -1;

    private enum Stage {
        /** Not in the hands of the database; may be withdrawn. */
        WAITING,
        /** The database has it, so that only the database knows. */
        SENT,
        /** The caller has been answered. */
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
     * Hashes the events, in this thread: the appender has only one.
     *
     * @param messages the events for readers in this process; none where those are to read the database
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

    /** From now on its time runs. */
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

    /** Whether it may be handed to the database; not where its caller has been answered. */
    boolean send() {
        return stage.compareAndSet(Stage.WAITING, Stage.SENT) || stage.get() == Stage.SENT;
    }

    /** The database surely has nothing of it. */
    void takeBack() {
        stage.compareAndSet(Stage.SENT, Stage.WAITING);
    }

    /** Fails it unless the database has it. */
    boolean withdraw(RuntimeException cause) {
        return stage.compareAndSet(Stage.WAITING, Stage.OVER) && done.completeExceptionally(cause);
    }

    /** Fails it whatever the database may make of it; it is not handed over again. */
    void fail(RuntimeException cause) {
        stage.set(Stage.OVER);
        done.completeExceptionally(cause);
    }

    /** It is in the log, also where nobody waits for the answer any more. */
    void complete(long before) {
        position = before;
        stage.set(Stage.OVER);
        done.complete(before);
    }

    /** Before its first event, or {@link #NOWHERE}; for the thread that writes. */
    public long position() {
        return position;
    }
}
