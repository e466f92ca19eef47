package dev.recount.query.responses;

import dev.recount.eventstore.read.EventLog;
import dev.recount.query.checkpoint.AheadOfLogException;
import dev.recount.query.consistency.PositionNotReachedException;
import dev.recount.query.consistency.ReadBarrier;
import dev.recount.query.consistency.ReadConsistency;
import dev.recount.query.consistency.ReadPosition;
import dev.recount.web.LogPositions;
import dev.recount.web.Problem;
import dev.recount.web.ProblemType;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Makes a request wait for the data it must see. The request ends with 503 if that takes too long. */
@Component
public final class ConsistentReads {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ReadBarrier barrier;
    private final EventLog log;
    private final LogPositions positions;

    ConsistentReads(ReadBarrier barrier, EventLog log, LogPositions positions) {
        this.positions = positions;
        this.barrier = barrier;
        this.log = log;
    }

    /**
     * Checks the lower bound of a read of the log itself. Such a read never waits: every appended event is visible
     * immediately.
     */
    void requireReached(ReadConsistency terms) {
        positions.requireReached(ReadHeaders.MIN_EVENT_POSITION, terms.minPosition(), log::head);
    }

    /** Waits like {@link #await}, for terms that the client sent. A position that the log does not have is refused. */
    Optional<ReadPosition> awaitRequested(String projection, ReadConsistency terms) {
        try {
            return barrier.await(projection, terms);
        } catch (PositionNotReachedException late) {
            if (late.isBeyondLog()) {
                positions.requireReached(ReadHeaders.MIN_EVENT_POSITION, terms.minPosition(), log::head);
            }
            throw notReached(terms, late).retryAfter(PAUSE).exception();
        } catch (AheadOfLogException ahead) {
            throw ahead(ahead).exception();
        }
    }

    /** Waits until the projection satisfies the terms. Empty if the terms require nothing. */
    public Optional<ReadPosition> await(String projection, ReadConsistency terms) {
        try {
            return barrier.await(projection, terms);
        } catch (PositionNotReachedException late) {
            throw notReached(terms, late).retryAfter(PAUSE).exception();
        } catch (AheadOfLogException ahead) {
            throw ahead(ahead).exception();
        }
    }

    private static Problem ahead(AheadOfLogException ahead) {
        return ProblemType.PROJECTION_AHEAD
                .problem("The projection " + ahead.getMessage() + ".")
                .retryAfter(PAUSE);
    }

    private static Problem notReached(ReadConsistency terms, PositionNotReachedException late) {
        return late.isBeyondLog()
                ? beyondLog(terms)
                : ProblemType.PROJECTION_BEHIND.problem(
                        "What was written before this read is not all to be seen yet; try again, or take what is there"
                                + " with Prefer: stale-ok.");
    }

    private static Problem beyondLog(ReadConsistency terms) {
        return ProblemType.POSITION_NOT_REACHED.problem(
                "The log does not reach position %d yet.".formatted(terms.minPosition()));
    }
}
