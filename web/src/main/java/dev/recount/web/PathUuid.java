package dev.recount.web;

import java.util.UUID;
import java.util.regex.Pattern;

/** UUIDs in paths, in their canonical spelling of RFC 9562, lower case, so that a thing has one address. */
public final class PathUuid {

    private static final Pattern CANONICAL = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private PathUuid() {}

    /**
     * The id, or the end of the request with the given 404.
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
