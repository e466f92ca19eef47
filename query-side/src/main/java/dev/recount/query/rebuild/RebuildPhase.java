package dev.recount.query.rebuild;

import java.util.Locale;

/** The phase of a run; the last four are its possible ends. */
public enum RebuildPhase {
    PREPARING,
    LOADING,
    INDEXING,
    CATCHING_UP,
    SWAPPING,
    COMPARING,
    DONE,
    FAILED,
    CANCELLED,
    /** Its node was stopped or killed, or lost the database. */
    INTERRUPTED;

    public boolean isOver() {
        return compareTo(DONE) >= 0;
    }

    public String storedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RebuildPhase of(String storedName) {
        return valueOf(storedName.toUpperCase(Locale.ROOT));
    }
}
