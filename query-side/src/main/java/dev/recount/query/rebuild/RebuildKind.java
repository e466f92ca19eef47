package dev.recount.query.rebuild;

import java.util.Locale;

/** Why a generation is filled. */
public enum RebuildKind {
    /** Somebody asked for it. */
    REBUILD,
    /** A projection is new, or has a new version. */
    FILL,
    /** To compare it with what is read; it is dropped afterwards. */
    VERIFICATION;

    public String storedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RebuildKind of(String storedName) {
        return valueOf(storedName.toUpperCase(Locale.ROOT));
    }
}
