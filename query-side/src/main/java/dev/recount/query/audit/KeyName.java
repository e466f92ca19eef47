package dev.recount.query.audit;

/** The rules of C2SP signed-note for names of keys, which names of logs obey, too. */
final class KeyName {

    private KeyName() {}

    /** @throws IllegalArgumentException for a name that could not be told from the rest of a signature's line */
    static String require(String name) {
        if (name.isEmpty()
                || name.codePoints()
                        .anyMatch(c -> c == '+' || c < ' ' || Character.isSpaceChar(c) || Character.isWhitespace(c))) {
            throw new IllegalArgumentException(
                    "The name of a log or a key must not be empty, nor contain spaces or plus signs: '" + name + "'");
        }
        return name;
    }
}
