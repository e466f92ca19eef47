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

/** Tells what an issue was like, once the projections that know it are far enough, or that there was no such thing. */
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

    /** What is told of the past by a reader, and of which edition it is. */
    <T> Told<T> tell(long upTo, Supplier<T> read) {
        return rowsEpochs.tell(SOURCES, upTo, read);
    }

    /** Waits until everything up to the position is there, whatever else a read of now would wait for. */
    void await(long position) {
        var terms = new ReadConsistency(true, position);
        barrier.await(IssueHistoryProjection.NAME, terms);
        barrier.await(IssueListProjection.NAME, terms);
    }

    /** Ends the request with 404 where the issue was not there yet, or no more. */
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

    /** Ends the request with 404 where the issue has not reached the version. */
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

    /** The issue with all comments that it had. */
    IssuePages.Found page(PastState state) {
        return state.with(comments.of(state.issue().id(), -1, state.sequence()));
    }

    /** The comments that came in between, oldest first. */
    List<IssuePage.Comment> commentsBetween(PastState from, PastState to) {
        return comments.of(from.issue().id(), from.sequence(), to.sequence());
    }
}
