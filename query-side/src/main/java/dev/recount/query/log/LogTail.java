package dev.recount.query.log;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.read.EventFilter;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.LogIdentity;
import dev.recount.eventstore.read.LogSignal;
import dev.recount.eventstore.read.RecordedEvents;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Reads appended events once for all listeners of this node, as long as there are any. A listener that is further
 * behind than this memory reads the log itself.
 */
@Component
final class LogTail implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LogTail.class);

    private static final int MOST_EVENTS = 4_096;
    private static final long MOST_BYTES = 16 << 20;
    private static final int READ_AT_ONCE = 1_000;
    private static final long MOST_CHARS_AT_ONCE = 1 << 20;
    private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

    private final RecordedEvents events;
    private final EventLog log;
    private final LogSignal signal;
    private final EventJson json;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final RecentEvents recent = new RecentEvents(MOST_EVENTS, MOST_BYTES);
    private int listeners;
    private int logs;
    private volatile @Nullable Thread reader;
    private volatile boolean running;
    private volatile boolean anew;

    LogTail(RecordedEvents events, EventLog log, LogSignal signal, EventJson json, LogIdentity identity) {
        identity.onChange(() -> anew = true);
        this.events = events;
        this.log = log;
        this.signal = signal;
        this.json = json;
    }

    /** A registration as a listener, until it is closed. */
    interface Listening extends AutoCloseable {

        @Override
        void close();
    }

    Listening listen() {
        var head = log.head();
        lock.lock();
        try {
            if (listeners == 0) {
                recent.restartAfter(head);
            }
            listeners++;
        } finally {
            lock.unlock();
        }
        return this::leave;
    }

    private void leave() {
        lock.lock();
        try {
            listeners--;
            if (listeners == 0) {
                recent.restartAfter(recent.end());
            }
        } finally {
            lock.unlock();
        }
    }

    /** Number of listeners. */
    int listeners() {
        lock.lock();
        try {
            return listeners;
        } finally {
            lock.unlock();
        }
    }

    /** The known events after a position; empty if some of them are no longer in memory. */
    Optional<List<RecentEvent>> after(long position) {
        lock.lock();
        try {
            return recent.after(position);
        } finally {
            lock.unlock();
        }
    }

    /** Waits until there are events after the position, the log is another one, the time is over, or the node stops. */
    void await(long position, Duration atMost) throws InterruptedException {
        lock.lock();
        try {
            var left = atMost.toNanos();
            var same = logs;
            while (running && logs == same && recent.end() <= position && left > 0) {
                left = grown.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        running = true;
        reader = Thread.ofVirtual().name("recount-log-tail").start(this::follow);
    }

    private void follow() {
        var self = Thread.currentThread();
        // The callback runs in the thread of an append, so it only wakes this thread.
        var unsubscribe = signal.subscribe(() -> LockSupport.unpark(self));
        try {
            while (running) {
                if (!readOn()) {
                    LockSupport.parkNanos(this, TimeUnit.SECONDS.toNanos(1));
                }
            }
        } finally {
            unsubscribe.run();
        }
    }

    /** False if there is nothing to do for now. */
    private boolean readOn() {
        var end = wanted();
        var head = signal.knownHead();
        if (!anew && (end < 0 || head <= end)) {
            return false;
        }
        try {
            if (anew) {
                restart();
                return true;
            }
            add(events.read(end, head, EventFilter.NONE, READ_AT_ONCE, MOST_CHARS_AT_ONCE));
            return true;
        } catch (LogUnavailableException outage) {
            LOG.debug("Listeners get no events until the log can be read again", outage);
            LockSupport.parkNanos(this, AFTER_FAILURE.toNanos());
            return true;
        } catch (RuntimeException unreadable) {
            LOG.error(
                    "The log cannot be read after position {}; each listener gets the error from its own read",
                    end,
                    unreadable);
            skipTo(head);
            return true;
        }
    }

    /** Discards the events of a log that was set back, and wakes all listeners. */
    private void restart() {
        var head = log.head();
        anew = false;
        lock.lock();
        try {
            logs++;
        } finally {
            lock.unlock();
        }
        skipTo(head);
    }

    private void skipTo(long position) {
        lock.lock();
        try {
            recent.restartAfter(position);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The position after which to read, negative if there are no listeners. */
    private long wanted() {
        lock.lock();
        try {
            return listeners == 0 ? -1 : recent.end();
        } finally {
            lock.unlock();
        }
    }

    private void add(RecordedEvents.Part part) {
        var told = part.events().stream()
                .map(event -> new RecentEvent(event, json))
                .toList();
        lock.lock();
        try {
            // In between, the last listener may have left and another may have joined, for which reading starts again.
            if (!told.isEmpty() && told.getFirst().position() == recent.end() + 1) {
                told.forEach(recent::add);
                grown.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void stop() {
        running = false;
        LockSupport.unpark(reader);
        lock.lock();
        try {
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops among the first, before the web server waits for its requests. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
