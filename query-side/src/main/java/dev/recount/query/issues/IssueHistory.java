package dev.recount.query.issues;

import dev.recount.query.consistency.ReadConsistency;
import dev.recount.query.responses.ConsistentReads;
import dev.recount.query.timetravel.AsOf;
import dev.recount.query.timetravel.HistoryEpochs;
import dev.recount.query.timetravel.HistoryEpochs.Told;
import dev.recount.web.Problem;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Reads past states of an issue after waiting for the projections that store them. Ends the request with 404 if there
 * is no such state.
 */
@Component
final class IssueHistory {

    private static final List<String> SOURCES = List.of(IssueHistoryProjection.NAME, IssueListProjection.NAME);

    private final PastIssues issues;
    private final PastComments comments;
    private final MissingIssue missing;
    private final ConsistentReads barrier;
    private final HistoryEpochs rowsEpochs;

    IssueHistory(
            PastIssues issues,
            PastComments comments,
            MissingIssue missing,
            ConsistentReads barrier,
            HistoryEpochs rowsEpochs) {
        this.issues = issues;
        this.comments = comments;
        this.missing = missing;
        this.barrier = barrier;
        this.rowsEpochs = rowsEpochs;
    }

    /** Runs a read of the past, and returns its result with the epoch of its rows. */
    <T> Told<T> tell(long upTo, Supplier<T> read) {
        return rowsEpochs.tell(SOURCES, upTo, read);
    }

    /** Waits until everything up to the position is applied, whatever the current request otherwise waits for. */
    void await(long position) {
        var terms = new ReadConsistency(true, position);
        barrier.await(IssueHistoryProjection.NAME, terms);
        barrier.await(IssueListProjection.NAME, terms);
    }

    /** The state at a moment. Ends the request with 404 if the issue did not exist yet, or was withdrawn. */
    PastState at(AsOf moment, long issue) {
        await(moment.position());
        var state = issues.at(moment.position(), issue)
                .orElseThrow(() -> ProblemType.UNKNOWN_ISSUE
                        .problem("There was no issue %d at position %d.".formatted(issue, moment.position()))
                        .exception());
        return present(state);
    }

    private PastState present(PastState state) {
        if (state.withdrawn()) {
            throw missing.problem(state.issue().id());
        }
        return state;
    }

    /** The state at a version. Ends the request with 404 if the issue has not reached it. */
    PastState atVersion(long version, long issue) {
        var known = issues.atVersion(version, issue);
        if (known.isEmpty()) {
            barrier.await(IssueHistoryProjection.NAME, ReadConsistency.CURRENT);
            known = issues.atVersion(version, issue);
        }
        var state = known.orElseThrow(() -> unknown(version, issue));
        await(state.position());
        return present(state);
    }

    private ProblemException unknown(long version, long issue) {
        return issues.at(Long.MAX_VALUE, issue)
                .map(newest -> ProblemType.UNKNOWN_VERSION
                        .problem("Issue %d has no version %d.".formatted(issue, version))
                        .with("current_version", newest.issue().version()))
                .map(Problem::exception)
                .orElseGet(() -> missing.problem(issue));
    }

    /** The issue with all comments that it had in this state. */
    IssuePages.Found page(PastState state) {
        return state.with(comments.of(state.issue().id(), -1, state.sequence()));
    }

    /** The comments added between the two states, oldest first. */
    List<IssuePage.Comment> commentsBetween(PastState from, PastState to) {
        return comments.of(from.issue().id(), from.sequence(), to.sequence());
    }
}
