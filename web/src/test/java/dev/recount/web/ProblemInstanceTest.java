package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemInstanceTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "/issues/7|/issues/7",
                "/a%20b|/a%20b",
                "/%ZZ|/%25ZZ",
                "/%|/%25",
                "/%4|/%254",
                "/a b|/a%20b",
                "/<\"|/%3C%22",
                "/\u00e9|/%C3%A9",
                "//evil/x|/.//evil/x",
                "null|/",
                "''|/",
                "*|/",
                "http://evil/|/",
                "x|/"
            })
    void is_a_sound_path(String sent, String instance) {
        assertThat(ProblemInstance.of(sent)).isEqualTo(instance);
    }

    @Test
    void is_sound_whatever_is_sent() {
        Random random = new Random(5);
        for (int round = 0; round < 20_000; round++) {
            String sent = "/"
                    + random.ints(random.nextInt(12), 0, 256)
                            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
            URI instance = URI.create(ProblemInstance.of(sent));
            assertThat(instance.getHost()).isNull();
            assertThat(instance.getRawPath()).startsWith("/");
        }
    }

    @Test
    void is_cut_before_it_bloats_the_answer() {
        assertThat(ProblemInstance.of("/" + "x".repeat(100_000))).hasSize(2_000);
    }
}
