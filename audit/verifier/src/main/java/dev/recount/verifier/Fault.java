package dev.recount.verifier;

/** What can be wrong with a log; programs rely on the names. */
public enum Fault {
    /** A position is not there. */
    MISSING,
    /** A position comes twice, or behind a later one. */
    MISPLACED,
    /** An event is not in the form of an event. */
    UNREADABLE,
    /** A stream does not go on with its next sequence. */
    SEQUENCE,
    /** An event is not the one that was recorded at its position. */
    ALTERED,
    /** There are events behind the end that the log itself gives. */
    UNSEALED,
    /** The events lead to another root than one that is known. */
    ROOT,
    /** A checkpoint cannot be relied on. */
    CHECKPOINT
}
