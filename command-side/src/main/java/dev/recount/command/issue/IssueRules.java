package dev.recount.command.issue;

import dev.recount.events.text.WhiteSpace;
import java.util.Optional;
import java.util.function.LongPredicate;

/** The rules for the texts of an issue, the same for every endpoint. Lengths count characters (code points). */
public final class IssueRules {

    public static final int LONGEST_TITLE = 255;
    public static final int LONGEST_LABEL = 50;

    private static final String BLANK = "must not be blank";

    private IssueRules() {}

    /** Removes the white space at both ends. */
    public static String trim(String text) {
        return WhiteSpace.trim(text);
    }

    /** Validates a trimmed title. */
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
        return WhiteSpace.isBlank(body) ? Optional.of(BLANK) : problemOfStorage(body);
    }

    /** Validates a trimmed label name. */
    public static Optional<String> problemOfLabel(String name) {
        return problemOfName(name, LONGEST_LABEL);
    }

    private static Optional<String> problemOfName(String name, int longest) {
        if (WhiteSpace.isBlank(name)) {
            return Optional.of(BLANK);
        }
        // Most names are short enough in UTF-16 units already, which is cheaper to check.
        if (name.length() > longest && name.codePointCount(0, name.length()) > longest) {
            return Optional.of("must be at most " + longest + " characters");
        }
        return problemOfStorage(name);
    }

    /** PostgreSQL stores neither U+0000 nor half a surrogate pair. */
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
}
