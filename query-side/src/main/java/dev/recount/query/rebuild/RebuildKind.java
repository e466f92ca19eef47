package dev.recount.query.rebuild;

import java.util.Locale;

/** Why a generation is filled. */
public enum RebuildKind {
    /** An operator requested it. */
    REBUILD,
    /** A projection is new, or has a new version. */
    FILL,
    /** To be compared with the live tables; it is dropped afterwards. */
    VERIFICATION;

    public String storedName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RebuildKind of(String storedName) {
        return valueOf(storedName.toUpperCase(Locale.ROOT));
    }
}
