package dev.recount.query.http;

import dev.recount.eventstore.EventLog;
import dev.recount.query.projection.AheadOfLogException;
import dev.recount.query.projection.Coverage;
import dev.recount.query.projection.PositionNotReachedException;
import dev.recount.query.projection.ReadFence;
import dev.recount.query.projection.ReadTerms;
import dev.recount.web.LogPositions;
import dev.recount.web.Problem;
import dev.recount.web.ProblemType;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Lets a request wait for what it reads, and ends it with 503 where that takes too long. */
@Component
public final class FencedReads {

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final ReadFence fence;
    private final EventLog log;
    private final LogPositions positions;

    FencedReads(ReadFence fence, EventLog log, LogPositions positions) {
        this.positions = positions;
        this.fence = fence;
        this.log = log;
    }

    /** For reads of the log itself. There is nothing to wait for: what was appended is there for whoever asks. */
    void requireReached(ReadTerms terms) {
        positions.requireReached(ReadHeaders.MIN_EVENT_POSITION, terms.minPosition(), log::head);
    }

    /** The same for terms that the client gave: a position that the log does not have is refused. */
    Optional<Coverage> awaitAsked(String projection, ReadTerms terms) {
        try {
            return fence.await(projection, terms);
        } catch (PositionNotReachedException late) {
            if (late.isBeyondLog()) {
                positions.requireReached(ReadHeaders.MIN_EVENT_POSITION, terms.minPosition(), log::head);
            }
            throw notReached(terms, late).retryAfter(PAUSE).exception();
        } catch (AheadOfLogException ahead) {
            throw ahead(ahead).exception();
        }
    }

    /** What the terms ask for, once it is there; empty where it was nothing. */
    public Optional<Coverage> await(String projection, ReadTerms terms) {
        try {
            return fence.await(projection, terms);
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

    private static Problem notReached(ReadTerms terms, PositionNotReachedException late) {
        return late.isBeyondLog()
                ? beyondLog(terms)
                : ProblemType.PROJECTION_BEHIND.problem(
                        "What was written before this read is not all to be seen yet; try again, or take what is there"
                                + " with Prefer: stale-ok.");
    }

    private static Problem beyondLog(ReadTerms terms) {
        return ProblemType.POSITION_NOT_REACHED.problem(
                "The log does not reach position %d yet.".formatted(terms.minPosition()));
    }
}
