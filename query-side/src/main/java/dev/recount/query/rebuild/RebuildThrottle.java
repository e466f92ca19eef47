package dev.recount.query.rebuild;

import dev.recount.query.consistency.ReadActivity;
import dev.recount.query.daemon.NodeName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;

/**
 * How much of the machine a run leaves to others: nothing while nobody wants it, and most of it as soon as this node
 * answers reads, or another node is alive, whose requests are not seen here. Those who only write are not waited for: a
 * run that left them the machine might never catch up with them.
 *
 * <p>Only short windows help those who read: a run that rests as long but works through 20,000 events in between holds
 * up every request that meets one, and lets so much live at once that collecting the garbage does so, too.
 */
final class RebuildThrottle {

    private static final int RESTS_PER_WORK = 6;

    /** Work that took long was itself kept waiting. */
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

    /** Looks for other nodes; to be called every quarter of a second or so. */
    void look(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(LOOK)) {
            select.setString(1, NodeName.here());
            try (var row = select.executeQuery()) {
                row.next();
                othersAlive = row.getBoolean(1);
            }
        }
    }

    /** Whether the run has to go on with all it has, whoever else wants the machine. */
    void ignoreReaders(boolean ignores) {
        ignoresReaders = ignores;
    }

    boolean isDue() {
        return !ignoresReaders && (othersAlive || activity.isOn());
    }

    int eventsPerWindow() {
        return isDue() ? EVENTS_PER_SHORT_WINDOW : EVENTS_PER_WINDOW;
    }

    /** How long to do nothing after some work. */
    Duration restAfter(Duration work) {
        var rest = work.multipliedBy(RESTS_PER_WORK);
        return !isDue() ? Duration.ZERO : rest.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : rest;
    }

    /** How many may work at a time, of those who could. */
    int workers(int all) {
        return isDue() ? 1 : all;
    }
}
