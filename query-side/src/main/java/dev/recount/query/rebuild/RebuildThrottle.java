package dev.recount.query.rebuild;

import dev.recount.query.consistency.ReadActivity;
import dev.recount.query.daemon.NodeName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Throttles a run in favour of other work. It uses the whole machine while that is idle, and little of it as soon as
 * this node serves reads. The same holds while another node is alive, because this node does not see that node's reads.
 * Writes do not throttle a run, because it might then never catch up with them.
 *
 * <p>Only short windows help concurrent reads. A run that works through 20,000 events between rests holds up every
 * request in that time. It also keeps so many objects alive that garbage collection slows requests down.
 */
final class RebuildThrottle {

    private static final int RESTS_PER_WORK = 6;

    /** Limits the rest, because work that took long was itself slowed down. */
    private static final Duration LONGEST_REST = Duration.ofMillis(150);

    private static final int EVENTS_PER_WINDOW = 20_000;
    private static final int EVENTS_PER_SHORT_WINDOW = 250;

    private static final String LOOK = """
        SELECT EXISTS (SELECT FROM projection_claim WHERE claimed_until > now() AND node_name <> ?)
        """;

    private final ReadActivity activity;
    private volatile boolean othersAlive;
    private volatile boolean ignoresReaders;

    RebuildThrottle(ReadActivity activity) {
        this.activity = activity;
    }

    /** Checks for other live nodes; to be called about every quarter of a second. */
    void look(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(LOOK)) {
            select.setString(1, NodeName.here());
            try (var row = select.executeQuery()) {
                row.next();
                othersAlive = row.getBoolean(1);
            }
        }
    }

    /** Lets the run use the whole machine, whatever else needs it. */
    void ignoreReaders(boolean ignores) {
        ignoresReaders = ignores;
    }

    boolean isDue() {
        return !ignoresReaders && (othersAlive || activity.isOn());
    }

    int eventsPerWindow() {
        return isDue() ? EVENTS_PER_SHORT_WINDOW : EVENTS_PER_WINDOW;
    }

    /** The rest after some work. */
    Duration restAfter(Duration work) {
        var rest = work.multipliedBy(RESTS_PER_WORK);
        return !isDue() ? Duration.ZERO : rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    /** The number of workers that may run at the same time. */
    int workers(int all) {
        return isDue() ? 1 : all;
    }
}
