package dev.recount.events.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhiteSpaceTest {

    /** Java's regular expressions know the property, though none of its methods does. */
    private static final Pattern WHITE_SPACE = Pattern.compile("\\p{IsWhite_Space}");

    @Test
    void white_space_is_that_of_unicode_and_no_other() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .forEach(c -> assertThat(WhiteSpace.isWhite(c))
                        .as("U+%04X", c)
                        .isEqualTo(WHITE_SPACE.matcher(Character.toString(c)).matches()));
    }

    @Test
    void trimming_takes_white_space_from_both_ends_and_nothing_from_within() {
        assertThat(WhiteSpace.trim("\u0085\u00a0\u3000\t Export \u2028 stops\r\n\u1680\u205f"))
                .isEqualTo("Export \u2028 stops");
        assertThat(WhiteSpace.trim("\u200bExport\u001c")).isEqualTo("\u200bExport\u001c");
        assertThat(WhiteSpace.trim(" \u0085 ")).isEmpty();
        assertThat(WhiteSpace.trim("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\u0085",
                "\u00a0\u2007\u202f",
                "\u0001\u001c\u007f",
                "\u200b\u200d\u2060\ufeff",
                "\u00ad",
                "\u202e\u2066",
                "\u2028\u2029",
                "\u3164",
                "\uffa0\u115f\u1160",
                "\u2800",
                "\u034f\ufe0f",
                "\udb40\udc41\udb40\udd00"
            })
    void what_shows_nothing_is_blank(String text) {
        assertThat(WhiteSpace.isBlank(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                ".",
                "\u200b.",
                "\u0301",
                "\ud83d\udc68\u200d\ud83d\udc69",
                "\u2801",
                "\u00e9",
                "\ud800",
                "\u0000"
            })
    void what_shows_anything_is_not_blank(String text) {
        assertThat(WhiteSpace.isBlank(text)).isFalse();
    }
}
