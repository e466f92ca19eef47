package dev.recount.command.issue;

import java.util.Optional;
import java.util.function.LongPredicate;

/** What the texts of an issue may hold; the same rules for every way in, and lengths count characters (code points). */
public final class IssueRules {

    public static final int LONGEST_TITLE = 255;
    public static final int LONGEST_LABEL = 50;

    private static final String BLANK = "must not be blank";

    private IssueRules() {}

    /** Without the white space at both ends, that of Unicode included. */
    public static String trim(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isWhite(text.charAt(start))) {
            start++;
        }
        while (end > start && isWhite(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** Judges a trimmed title. */
    public static Optional<String> problemOfTitle(String title) {
        return problemOfName(title, LONGEST_TITLE);
    }

    public static Optional<String> problemOfDescription(String description) {
        return problemOfStorage(description);
    }

    public static Optional<String> problemOfUser(long userId, LongPredicate userExists) {
        return userExists.test(userId) ? Optional.empty() : Optional.of("is no user: " + userId);
    }

    public static Optional<String> problemOfComment(String body) {
        return trim(body).isEmpty() ? Optional.of(BLANK) : problemOfStorage(body);
    }

    /** Judges a trimmed label name. */
    public static Optional<String> problemOfLabel(String name) {
        return problemOfName(name, LONGEST_LABEL);
    }

    private static Optional<String> problemOfName(String name, int longest) {
        if (trim(name).isEmpty()) {
            return Optional.of(BLANK);
        }
        // Most names are short enough by their UTF-16 length alone, which costs nothing to know.
        if (name.length() > longest && name.codePointCount(0, name.length()) > longest) {
            return Optional.of("must be at most " + longest + " characters");
        }
        return problemOfStorage(name);
    }

    /** PostgreSQL holds neither U+0000 nor half a surrogate pair. */
    private static Optional<String> problemOfStorage(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return Optional.of("must not contain the character U+0000");
            }
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return Optional.of("must not contain half of a surrogate pair");
                }
                i++;
            }
        }
        return Optional.empty();
    }

    // No white space lies outside the basic plane, so chars do for code points here.
    private static boolean isWhite(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }
}
