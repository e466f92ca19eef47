package dev.recount.benchmarks.history;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.axonframework.eventhandling.DomainEventMessage;

/**
 * Two years of a tracker, made up: for the same values the same events to the last byte, ids and times included.
 *
 * <p>What happens to issues is decided by the command side's own decider. User 1 has no part in it, as the command side
 * registers it where it starts.
 *
 * @param users how many there are, from id 2 on
 * @param events how many there are in all; the last change is cut short where it would bring too many
 * @param livesOn whether anything happens to issues once they are created
 */
public record History(long seed, int users, long events, boolean livesOn) {

    static final Instant START = Instant.parse("2024-01-01T08:00:00Z");
    static final Duration SPAN = Duration.ofDays(2 * 365);

    private static final int USERS = 200;
    private static final int EVENTS_PER_USER = 25;
    private static final int EVENTS_OF_A_USER = 2;

    /** So many events of a mix as real trackers have it; a short history has fewer than the usual 200 users. */
    public static History ofLives(long seed, long events) {
        return new History(seed, Math.clamp(events / EVENTS_PER_USER, 1, USERS), events, true);
    }

    /** So many issues, created by 200 users in any status; nothing else happens to them. */
    public static History ofNewIssues(long seed, long issues) {
        return new History(seed, USERS, USERS * EVENTS_OF_A_USER + issues, false);
    }

    /** What was done, in the order of time: each list is what one command appends, and carries one time. */
    public Iterator<List<DomainEventMessage<?>>> changes() {
        return new Chronicle(this);
    }
}
