package dev.recount.query.daemon;

import java.util.Locale;

/** What becomes of the events of a projection at present. */
public enum ProjectionState {
    /** A node applies them. */
    LIVE,
    /** The node that works for it cannot apply the next ones; it tries again every few seconds. */
    FAILING,
    /** Its tables were never filled: reads find nothing yet. */
    FILLING,
    /** As live, and a new generation of its tables is being filled beside those that are read. */
    REBUILDING,
    /** No node works for it; the next one to start does, or takes over within seconds. */
    UNATTENDED;

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
