package dev.recount.query.admin;

import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.Rebuilds;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Lets any number of clients watch a run with one periodic query. */
@Component
final class WatchedRuns {

    /** A run stores its progress every quarter of a second. */
    static final Duration PERIOD = Duration.ofMillis(250);

    private final Rebuilds rebuilds;
    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();

    WatchedRuns(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    /** A client's registration as a watcher of a run, until it is closed. */
    interface Watch extends AutoCloseable {

        /** The run as of a moment ago; empty if it no longer exists. */
        Optional<RebuildState> look() throws SQLException;

        @Override
        void close();
    }

    Watch watch(long id) {
        var joined = watched.compute(id, (_, present) -> (present == null ? new Watched(id) : present).joined());
        return new Watch() {
            @Override
            public Optional<RebuildState> look() throws SQLException {
                return joined.look();
            }

            @Override
            public void close() {
                watched.computeIfPresent(id, (_, present) -> present.isLeft() ? null : present);
            }
        };
    }

    /** Number of runs with at least one watcher. */
    int size() {
        return watched.size();
    }

    private final class Watched {

        private final long id;
        private final ReentrantLock lock = new ReentrantLock();
        /** Changed only inside the map's computations, which are serialized. */
        private int watchers;

        private @Nullable RebuildState seen;
        private long seenAt;
        private boolean isSeen;

        private Watched(long id) {
            this.id = id;
        }

        private Watched joined() {
            watchers++;
            return this;
        }

        private boolean isLeft() {
            return --watchers == 0;
        }

        private Optional<RebuildState> look() throws SQLException {
            lock.lock();
            try {
                var now = System.nanoTime();
                // Half the period. Otherwise a client that checks just before the period ends would miss changes for
                // two periods.
                if (!isSeen || now - seenAt > PERIOD.toNanos() / 2) {
                    seen = rebuilds.find(id).orElse(null);
                    seenAt = now;
                    isSeen = true;
                }
                return Optional.ofNullable(seen);
            } finally {
                lock.unlock();
            }
        }
    }
}
