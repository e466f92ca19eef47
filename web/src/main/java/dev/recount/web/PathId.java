package dev.recount.web;

import java.util.OptionalLong;

/** Parses ids in paths: positive decimal numbers in canonical form, so that each resource has one address. */
public final class PathId {

    private static final int MAX_DIGITS = 19;

    private PathId() {}

    /**
     * Parses an id. Empty unless it is the canonical form of a positive {@code long}: not {@code 07}, {@code +7} or
     * {@code 0}.
     */
    public static OptionalLong parse(String text) {
        if (text.isEmpty() || text.length() > MAX_DIGITS || text.charAt(0) == '0') {
            return OptionalLong.empty();
        }
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return OptionalLong.empty();
            }
            value = value * 10 + digit;
        }
        // 19 digits overflow into the negative at most once, because 10^19 - 1 is less than 2^64.
        return value > 0 ? OptionalLong.of(value) : OptionalLong.empty();
    }

    /**
     * Returns the id, or ends the request with the given 404.
     *
     * @param unknown {@link ProblemType#UNKNOWN_ISSUE} or another 404 of the kind
     */
    public static long require(String text, ProblemType unknown) {
        return parse(text)
                .orElseThrow(() -> unknown.problem("The id in the path is not a positive number.")
                        .exception());
    }
}
