package dev.recount.command.issue;

import java.util.List;
import java.util.Map;

/** The reason for refusing a command on an issue. Nothing was changed. */
public sealed interface Rejection {

    record UnknownIssue(long issueId) implements Rejection {}

    /** The issue existed and was withdrawn. */
    record WithdrawnIssue(long issueId) implements Rejection {}

    /** The id is taken. Ids come from a sequence, so clients never see this. */
    record IssueExists(long issueId) implements Rejection {}

    /** The client's version is not the issue's latest. */
    record StaleVersion(long issueId, long expectedVersion, long currentVersion) implements Rejection {}

    /** The client's {@code If-Match} does not match. */
    record PreconditionFailed(long issueId, long currentVersion) implements Rejection {}

    /** Fields break their rules: a list of messages for each bad field. */
    record InvalidFields(Map<String, List<String>> errors) implements Rejection {

        public InvalidFields {
            errors = Map.copyOf(errors);
        }
    }

    /** A field to be restored was changed again later. */
    record ChangedSince(long issueId, List<KeptField> fields) implements Rejection {

        public ChangedSince {
            fields = List.copyOf(fields);
        }
    }

    /** There is no such version to return to, or no such edit to revert. */
    record NoSuchEdit(long issueId, RevertTarget target, long currentVersion) implements Rejection {}
}
