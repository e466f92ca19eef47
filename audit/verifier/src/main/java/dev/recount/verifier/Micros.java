package dev.recount.verifier;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Times in the format of an export, {@code 2026-01-09T12:08:01.123456Z}, always with all digits. */
final class Micros {

    private static final String FORM = "0000-00-00T00:00:00.000000Z";
    private static final int DATE = "0000-00-00".length();
    private static final int SECONDS_PER_DAY = 86_400;
    private static final int PER_SECOND = 1_000_000;

    private Micros() {}

    /** Microseconds since 1970-01-01T00:00:00Z. */
    static long parse(String text) {
        if (!hasForm(text)) {
            throw new MalformedLogException("\"recorded_at\" is no time as the format writes it: " + text);
        }
        var hour = number(text, 11, 13);
        var minute = number(text, 14, 16);
        var second = number(text, 17, 19);
        if (hour > 23 || minute > 59 || second > 59) {
            throw new MalformedLogException("there is no such time: " + text);
        }
        var seconds = day(text) * SECONDS_PER_DAY + (hour * 60L + minute) * 60 + second;
        return seconds * PER_SECOND + number(text, 20, 26);
    }

    private static long day(String text) {
        try {
            return LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, DATE))
                    .toEpochDay();
        } catch (DateTimeException none) {
            throw new MalformedLogException("there is no such day: " + text);
        }
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (var i = 0; i < FORM.length(); i++) {
            var c = text.charAt(i);
            if (FORM.charAt(i) == '0' ? c < '0' || c > '9' : c != FORM.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }
}
