package dev.recount.events.text;

import java.util.Optional;

/** Checks for characters that PostgreSQL cannot store in text or jsonb: U+0000 and unpaired surrogates. */
final class StorableText {

    private StorableText() {}

    static Optional<String> problemOf(String text) {
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
