package dev.recount.benchmarks.history;

import java.util.List;
import java.util.SplittableRandom;

/** Texts of the usual lengths of issues, with a few characters beyond ASCII. */
final class Words {

    private static final List<String> WORDS = List.of(
            "after",
            "again",
            "always",
            "and",
            "answer",
            "before",
            "button",
            "café",
            "cannot",
            "client",
            "column",
            "date",
            "does",
            "empty",
            "error",
            "every",
            "export",
            "field",
            "file",
            "filter",
            "first",
            "for",
            "from",
            "hangs",
            "the",
            "import",
            "into",
            "issue",
            "it",
            "label",
            "late",
            "list",
            "login",
            "memory",
            "missing",
            "month",
            "name",
            "not",
            "of",
            "on",
            "page",
            "password",
            "report",
            "row",
            "save",
            "search",
            "server",
            "shows",
            "slow",
            "sometimes",
            "stops",
            "table",
            "time",
            "timeout",
            "twice",
            "user",
            "when",
            "while",
            "with",
            "wrong",
            "Zürich",
            "→",
            "\"id\"");

    private static final int LONGEST_TITLE = 80;

    private final SplittableRandom random;

    Words(SplittableRandom random) {
        this.random = random;
    }

    String title() {
        return text(20, LONGEST_TITLE);
    }

    String description() {
        return text(100, 2_000);
    }

    String comment() {
        return text(10, 1_000);
    }

    /** Short texts are more frequent than long ones: the logarithm of the length is uniform. */
    private String text(int shortest, int longest) {
        int length = (int) (shortest * Math.pow((double) longest / shortest, random.nextDouble()));
        StringBuilder text = new StringBuilder(length + 1);
        while (text.length() < length) {
            text.append(WORDS.get(random.nextInt(WORDS.size())));
            text.append(longest > LONGEST_TITLE && random.nextInt(60) == 0 ? '\n' : ' ');
        }
        text.setLength(length);
        // An issue's title is trimmed, so a text must not end in a blank.
        int last = length - 1;
        if (Character.isWhitespace(text.charAt(last))) {
            text.setCharAt(last, '.');
        }
        return text.toString();
    }
}
