package dev.recount.query.rebuild;

import dev.recount.eventstore.scan.LogScan;
import dev.recount.eventstore.scan.ScannedEvent;
import dev.recount.query.projection.LoggedEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.function.IntSupplier;
import javax.sql.DataSource;

/**
 * Cuts the log into windows, bounded in events and bytes, and reads ahead while a window is being processed.
 *
 * <p>Only a few windows are in memory, however long the log and its payloads are.
 */
public final class LogWindows {

    private static final long MAX_BYTES = 8 << 20;
    private static final int AHEAD = 1;

    private final DataSource dataSource;
    private final LogScan scan;
    private final IntSupplier eventsPerWindow;

    LogWindows(DataSource dataSource, LogScan scan, RebuildThrottle throttle) {
        this(dataSource, scan, throttle::eventsPerWindow);
    }

    /** @param eventsPerWindow maximum events per window, queried before each window */
    public LogWindows(DataSource dataSource, LogScan scan, IntSupplier eventsPerWindow) {
        this.dataSource = dataSource;
        this.scan = scan;
        this.eventsPerWindow = eventsPerWindow;
    }

    /** Processes a window. */
    @FunctionalInterface
    public interface Reader {
        void take(LogWindow window) throws SQLException, InterruptedException;
    }

    private sealed interface Ahead {}

    private record Read(LogWindow window) implements Ahead {}

    private record Failed(Exception failure) implements Ahead {}

    /** Passes the events after one position up to another to the reader; a separate thread reads them ahead. */
    public void forEach(long after, long upTo, Reader reader) throws SQLException, InterruptedException {
        if (after >= upTo) {
            return;
        }
        BlockingQueue<Ahead> queue = new ArrayBlockingQueue<>(AHEAD);
        var thread = Thread.ofPlatform().daemon().name("log-reader").start(() -> readAhead(after, upTo, queue));
        try {
            for (var done = after; done < upTo; ) {
                var window = window(queue.take());
                reader.take(window);
                done = window.upTo();
            }
        } finally {
            thread.interrupt();
            thread.join();
        }
    }

    private static LogWindow window(Ahead ahead) throws SQLException {
        return switch (ahead) {
            case Read(LogWindow window) -> window;
            case Failed(SQLException failure) -> throw failure;
            case Failed(RuntimeException failure) -> throw failure;
            case Failed(Exception failure) -> throw new IllegalStateException(failure);
        };
    }

    private void readAhead(long after, long upTo, BlockingQueue<Ahead> queue) {
        try {
            try (var connection = dataSource.getConnection()) {
                for (var from = after; from < upTo; ) {
                    var to = Math.min(from + eventsPerWindow.getAsInt(), upTo);
                    var cutter = new Cutter(from, queue);
                    scan.read(connection, from, to, cutter::add);
                    cutter.cut(to);
                    from = to;
                }
            } catch (SQLException | RuntimeException failure) {
                queue.put(new Failed(failure));
            }
        } catch (InterruptedException _) {
            // The consumer has stopped.
        }
    }

    /** Ends a window early if its payloads are large. */
    private static final class Cutter {

        private final BlockingQueue<Ahead> queue;
        private List<LoggedEvent> events = new ArrayList<>();
        private long after;
        private long last;
        private long bytes;

        Cutter(long after, BlockingQueue<Ahead> queue) {
            this.after = after;
            this.last = after;
            this.queue = queue;
        }

        void add(ScannedEvent event) {
            // Never cuts between the events that an upcaster made of one event.
            if (bytes >= MAX_BYTES && event.position() > last) {
                cut(last);
            }
            events.add(LoggedEvent.of(event));
            last = event.position();
            bytes += event.bytes();
        }

        void cut(long upTo) {
            try {
                queue.put(new Read(new LogWindow(after, upTo, events)));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
            events = new ArrayList<>();
            after = upTo;
            bytes = 0;
        }
    }

    /** Reads one window immediately on the caller's connection, for few events. */
    LogWindow read(Connection connection, long after, long upTo) throws SQLException {
        var events = new ArrayList<LoggedEvent>();
        if (after < upTo) {
            scan.read(connection, after, upTo, event -> events.add(LoggedEvent.of(event)));
        }
        return new LogWindow(after, upTo, events);
    }
}
