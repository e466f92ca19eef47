package dev.recount.query.daemon;

import java.util.Locale;

/** The state of a projection. */
public enum ProjectionState {
    /** A node applies them. */
    LIVE,
    /** The node that runs it cannot apply the next events, and retries every few seconds. */
    FAILING,
    /** Its tables have not been filled yet, so reads find no data. */
    FILLING,
    /** Like {@link #LIVE}, while a new generation of its tables is filled beside the one that is read. */
    REBUILDING,
    /** No node runs it; the next node to start will, or another takes over within seconds. */
    UNATTENDED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
