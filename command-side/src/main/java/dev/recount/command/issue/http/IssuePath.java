package dev.recount.command.issue.http;

import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.RecountEvent;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import dev.recount.web.PathId;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Reads requests on the issue in a path. An unknown issue takes precedence over any error in the body. */
@Component
public final class IssuePath {

    private static final byte[] EMPTY = {};

    private final EventLog log;

    IssuePath(EventLog log) {
        this.log = log;
    }

    /** Reads a body on the issue with this id. An invalid body fails the request. */
    @FunctionalInterface
    public interface Reading<C> {

        C read(long issueId, byte[] body);
    }

    /** @param body null if the request has none, which is read as an empty one */
    public <C> C read(String id, byte @Nullable [] body, Reading<C> reading) {
        long issueId = PathId.require(id, ProblemType.UNKNOWN_ISSUE);
        try {
            return reading.read(issueId, body == null ? EMPTY : body);
        } catch (ProblemException invalid) {
            // Only an invalid request needs this lookup; a valid command detects an unknown issue itself.
            RecountEvent last =
                    log.lastEvent(StreamName.issue(issueId)).orElseThrow(() -> IssueRejectionProblems.unknown(issueId));
            throw last instanceof IssueWithdrawn ? IssueRejectionProblems.withdrawn(issueId) : invalid;
        }
    }
}
