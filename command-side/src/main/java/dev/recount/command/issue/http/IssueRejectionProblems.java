package dev.recount.command.issue.http;

import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.IssueOutcome.Refused;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.Rejection;
import dev.recount.command.issue.Rejection.ChangedSince;
import dev.recount.command.issue.Rejection.InvalidFields;
import dev.recount.command.issue.Rejection.IssueExists;
import dev.recount.command.issue.Rejection.NoSuchEdit;
import dev.recount.command.issue.Rejection.PreconditionFailed;
import dev.recount.command.issue.Rejection.StaleVersion;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.command.issue.Rejection.WithdrawnIssue;
import dev.recount.command.issue.RevertTarget.Edit;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Converts rejections to problems. */
@Component
public final class IssueRejectionProblems {

    private final EditsSince edits;

    IssueRejectionProblems(EditsSince edits) {
        this.edits = edits;
    }

    /** The state of the issue; any other outcome fails the request. */
    IssueState orElseState(IssueOutcome outcome) {
        return switch (outcome) {
            case Done done -> done.state();
            case Refused refused -> throw problem(refused.rejection());
        };
    }

    static ProblemException unknown(long issueId) {
        return ProblemType.UNKNOWN_ISSUE
                .problem("There is no issue " + issueId + ".")
                .exception();
    }

    static ProblemException withdrawn(long issueId) {
        return ProblemType.ISSUE_WITHDRAWN
                .problem("Issue " + issueId + " was withdrawn; its history can still be read.")
                .exception();
    }

    public ProblemException problem(Rejection rejection) {
        return switch (rejection) {
            case UnknownIssue unknown -> unknown(unknown.issueId());
            case WithdrawnIssue withdrawn -> withdrawn(withdrawn.issueId());
            case StaleVersion stale ->
                ProblemType.STALE_VERSION
                        .problem("The issue is at version " + stale.currentVersion() + ", not at "
                                + stale.expectedVersion() + ".")
                        .with("current_version", stale.currentVersion())
                        .with("conflicts", edits.since(stale.issueId(), stale.expectedVersion()))
                        .exception();
            case PreconditionFailed failed ->
                ProblemType.PRECONDITION_FAILED
                        .problem("The issue is at version " + failed.currentVersion()
                                + ", and none of the tags in If-Match matches it.")
                        .with("current_version", failed.currentVersion())
                        .exception();
            case ChangedSince changed ->
                ProblemType.CHANGED_SINCE
                        .problem("Fields of the edit were changed again since; nothing was taken back."
                                + " With \"merge\": true these stay, and the rest is taken back.")
                        .with("conflicts", KeptFieldBody.of(changed.fields()))
                        .exception();
            case NoSuchEdit none -> noSuchEdit(none);
            case InvalidFields invalid -> ProblemType.invalid(invalid.errors()).exception();
            case IssueExists exists ->
                throw new IllegalStateException("The sequence of issue ids gave " + exists.issueId() + " twice");
        };
    }

    private static ProblemException noSuchEdit(NoSuchEdit none) {
        String field = none.target() instanceof Edit ? "edit" : "to_version";
        String range = none.target() instanceof Edit
                ? "must be the version that an edit led to, from 2 to "
                : "must be a version of the issue, from 1 to ";
        return ProblemType.invalid(Map.of(field, List.of(range + none.currentVersion())))
                .exception();
    }
}
