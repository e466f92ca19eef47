package dev.recount.command.issue;

/** What of an issue's past is to be taken back. */
public sealed interface RevertTarget {

    long version();

    /** Everything after a version. */
    record ToVersion(long version) implements RevertTarget {}

    /** The one edit that led to a version. */
    record Edit(long version) implements RevertTarget {}
}
