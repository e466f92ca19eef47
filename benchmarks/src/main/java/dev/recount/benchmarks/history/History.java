package dev.recount.benchmarks.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * A generated two-year history of a tracker. The same parameters give the same events byte for byte, including ids and
 * times.
 *
 * <p>The command side's decider decides what happens to issues. User 1 does not take part, because the command side
 * registers it at its start.
 *
 * @param users the number of users, from id 2 on
 * @param events the total number of events; the last change is cut short if it would exceed it
 * @param livesOn whether anything happens to issues after their creation
 */
public record History(long seed, int users, long events, boolean livesOn) {

    static final Instant START = Instant.parse("2024-01-01T08:00:00Z");
    static final Duration SPAN = Duration.ofDays(2 * 365);

    private static final int USERS = 200;
    private static final int EVENTS_PER_USER = 25;
    private static final int EVENTS_OF_A_USER = 2;

    /**
     * A history of this many events in a mix like that of real trackers. A short history has fewer than the usual 200
     * users.
     */
    public static History ofLives(long seed, long events) {
        return new History(seed, Math.clamp(events / EVENTS_PER_USER, 1, USERS), events, true);
    }

    /** A history of this many issues, created by 200 users in any status. Nothing else happens to them. */
    public static History ofNewIssues(long seed, long issues) {
        return new History(seed, USERS, USERS * EVENTS_OF_A_USER + issues, false);
    }

    /** The changes in the order of time. Each list is one command's append and has one time. */
    public Iterator<List<DomainEventMessage<?>>> changes() {
        return new Chronicle(this);
    }
}
