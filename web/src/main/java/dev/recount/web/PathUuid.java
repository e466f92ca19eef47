package dev.recount.web;

import java.util.UUID;
import java.util.regex.Pattern;

/** Parses UUIDs in paths, in the canonical lower-case form of RFC 9562, so that each resource has one address. */
public final class PathUuid {

    private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private PathUuid() {}

    /**
     * Returns the id, or ends the request with the given 404.
     *
     * @param unknown {@link ProblemType#UNKNOWN_IMPORT} or another 404 of the kind
     */
    public static UUID require(String text, ProblemType unknown) {
        if (!CANONICAL.matcher(text).matches()) {
            throw unknown.problem("The id in the path is not a UUID in lower case.")
                    .exception();
        }
        return UUID.fromString(text);
    }
}
