package dev.recount.events.text;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A validation rule for a text. Lengths count code points. {@link WhiteSpace} defines white space and blank texts. */
public final class TextRule {

    /** Accepts any text that can be stored. */
    public static final TextRule ANY = new TextRule(false, false, Integer.MAX_VALUE, null, "");

    private final boolean trimmed;
    private final boolean notBlank;
    private final int maxLength;
    private final @Nullable Pattern pattern;
    private final String patternMessage;

    private TextRule(
            boolean trimmed, boolean notBlank, int maxLength, @Nullable Pattern pattern, String patternMessage) {
        this.trimmed = trimmed;
        this.notBlank = notBlank;
        this.maxLength = maxLength;
        this.pattern = pattern;
        this.patternMessage = patternMessage;
    }

    /** Removes white space at both ends before the other rules are applied and before the value is returned. */
    public TextRule trimmed() {
        return new TextRule(true, notBlank, maxLength, pattern, patternMessage);
    }

    public TextRule notBlank() {
        return new TextRule(trimmed, true, maxLength, pattern, patternMessage);
    }

    public TextRule atMost(int codePoints) {
        return new TextRule(trimmed, notBlank, codePoints, pattern, patternMessage);
    }

    /** @param message the error if the whole text does not match, such as {@code may hold letters only} */
    public TextRule matching(Pattern newPattern, String message) {
        return new TextRule(trimmed, notBlank, maxLength, newPattern, message);
    }

    /** The text as it is validated and stored. */
    public String prepare(String text) {
        return trimmed ? WhiteSpace.trim(text) : text;
    }

    /** The first violated rule of a prepared text, as an error message. */
    public Optional<String> problemOf(String text) {
        if (notBlank && WhiteSpace.isBlank(text)) {
            return Optional.of("must not be blank");
        }
        if (text.length() > maxLength && text.codePointCount(0, text.length()) > maxLength) {
            return Optional.of("must be at most " + maxLength + " characters");
        }
        if (pattern != null && !pattern.matcher(text).matches()) {
            return Optional.of(patternMessage);
        }
        return StorableText.problemOf(text);
    }
}
