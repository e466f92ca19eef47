package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathIdTest {

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 10, 42, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L, Long.MAX_VALUE})
    void canonical_positive_numbers_are_ids(long id) {
        assertThat(PathId.parse(Long.toString(id))).hasValue(id);
        assertThat(PathId.require(Long.toString(id), ProblemType.UNKNOWN_ISSUE)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "00",
                "01",
                "-1",
                "+1",
                " 1",
                "1 ",
                "1.0",
                "1e3",
                "0x1",
                "x",
                "1x",
                "\u0661",
                "\uff11",
                "1_000",
                "1,000",
                "9223372036854775808",
                "9999999999999999999",
                "18446744073709551617",
                "10000000000000000000",
                "100000000000000000000",
                "/",
                ":"
            })
    void all_else_is_none(String text) {
        assertThat(PathId.parse(text)).isEmpty();
        assertThatThrownBy(() -> PathId.require(text, ProblemType.UNKNOWN_ISSUE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().type()).isEqualTo(ProblemType.UNKNOWN_ISSUE));
    }

    @Test
    void every_long_is_read_as_it_is_written() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            long id = random.nextLong() >>> (1 + random.nextInt(62));
            if (id > 0) {
                assertThat(PathId.parse(Long.toString(id)).orElse(-1)).isEqualTo(id);
            }
        }
    }
}
