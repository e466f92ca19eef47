package dev.recount.command.issue;

/**
 * Asks that edits of an issue be taken back, by a further edit.
 *
 * @param merge whether a field that was changed again since stays as it is, where it would else be a reason to refuse
 */
public record RevertIssue(long issueId, Target target, boolean merge, long expectedVersion, IfMatch ifMatch) {

    /** What is to be taken back. */
    public sealed interface Target {

        long version();
    }

    /** Everything after a version. */
    public record ToVersion(long version) implements Target {}

    /** The one edit that led to a version. */
    public record Edit(long version) implements Target {}
}
