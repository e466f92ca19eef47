package dev.recount.command.issue;

/** The edits that a revert takes back. */
public sealed interface RevertTarget {

    long version();

    /** Everything after a version. */
    record ToVersion(long version) implements RevertTarget {}

    /** The one edit that led to a version. */
    record Edit(long version) implements RevertTarget {}
}
