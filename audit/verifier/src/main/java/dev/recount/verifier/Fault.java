package dev.recount.verifier;

/** The kinds of faults of a log. Programs rely on the names. */
public enum Fault {
    /** A position is missing. */
    MISSING,
    /** A position occurs twice, or after a later one. */
    MISPLACED,
    /** An event is malformed. */
    UNREADABLE,
    /** A stream does not continue with its next sequence. */
    SEQUENCE,
    /** An event differs from the one recorded at its position. */
    ALTERED,
    /** There are events after the log's declared end. */
    UNSEALED,
    /** The events lead to another root than a known one. */
    ROOT,
    /** A checkpoint is not valid. */
    CHECKPOINT
}
