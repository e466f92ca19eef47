package dev.recount.audit;

import dev.recount.events.text.WhiteSpace;

/** The rules of C2SP signed-note for names of keys, which names of logs follow, too. */
final class KeyName {

    private KeyName() {}

    /** @throws IllegalArgumentException for a name that would make a signature's line ambiguous */
    static String require(String name) {
        if (name.isEmpty() || name.chars().anyMatch(c -> c == '+' || c < ' ' || WhiteSpace.isWhite(c))) {
            throw new IllegalArgumentException(
                    "The name of a log or a key must not be empty, nor contain spaces or plus signs: '" + name + "'");
        }
        return name;
    }
}
