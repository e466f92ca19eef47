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

/** Lets any number of clients watch a run for one query every now and then. */
@Component
final class WatchedRuns {

    /** A run tells of itself every quarter of a second. */
    static final Duration PERIOD = Duration.ofMillis(250);

    private final Rebuilds rebuilds;
    private final Map<Long, Watched> watched = new ConcurrentHashMap<>();

    WatchedRuns(Rebuilds rebuilds) {
        this.rebuilds = rebuilds;
    }

    /** A client's place among those who watch a run, until it is closed. */
    interface Watch extends AutoCloseable {

        /** The run as it was a moment ago; empty where it is no longer remembered. */
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

    /** How many runs are watched by somebody. */
    int size() {
        return watched.size();
    }

    private final class Watched {

        private final long id;
        private final ReentrantLock lock = new ReentrantLock();
        /** Changed only by the map's own computations, one after the other. */
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
                // Half of it: otherwise who looks just before the time is up sees nothing new for two periods.
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
