package dev.recount.command.issue;

import java.util.List;
import java.util.Map;

/** Why a command on an issue was refused; nothing has changed then. */
public sealed interface Rejection {

    record UnknownIssue(long issueId) implements Rejection {}

    /** There was such an issue, and it was taken back. */
    record WithdrawnIssue(long issueId) implements Rejection {}

    /** The id is taken; ids come from a sequence, so a client never sees this. */
    record IssueExists(long issueId) implements Rejection {}

    /** The client has not seen the issue's latest version. */
    record StaleVersion(long issueId, long expectedVersion, long currentVersion) implements Rejection {}

    /** The client's {@code If-Match} does not hold. */
    record PreconditionFailed(long issueId, long currentVersion) implements Rejection {}

    /** What the fields hold breaks their rules: a list of messages for each bad field. */
    record InvalidFields(Map<String, List<String>> errors) implements Rejection {

        public InvalidFields {
            errors = Map.copyOf(errors);
        }
    }

    /** What is to be taken back was changed again. */
    record ChangedSince(long issueId, List<KeptField> fields) implements Rejection {

        public ChangedSince {
            fields = List.copyOf(fields);
        }
    }

    /** There is no such version to go back to, or no such edit to take back. */
    record NoSuchEdit(long issueId, RevertTarget target, long currentVersion) implements Rejection {}
}
