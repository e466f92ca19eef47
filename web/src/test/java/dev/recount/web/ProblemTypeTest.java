package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTypeTest {

    @ParameterizedTest
    @EnumSource
    void codes_are_kebab_case_and_titles_are_sentences_without_a_stop(ProblemType type) {
        assertThat(type.code()).matches("[a-z]+(-[a-z]+)*");
        assertThat(type.title()).matches("[A-Z].*[A-Za-z]");
        assertThat(type.status()).isBetween(400, 599);
    }

    @Test
    void one_code_means_one_thing() {
        assertThat(Arrays.stream(ProblemType.values()).collect(Collectors.groupingBy(ProblemType::code)))
                .allSatisfy((code, types) -> assertThat(
                                types.stream().map(ProblemType::title).distinct())
                        .hasSize(1));
    }

    @ParameterizedTest
    @EnumSource
    void a_status_leads_to_a_type_of_that_status(ProblemType type) {
        if (type.status() != 409) {
            assertThat(ProblemType.ofStatus(type.status()).status()).isEqualTo(type.status());
        }
        assertThat(ProblemType.ofStatus(499)).isEqualTo(ProblemType.BAD_REQUEST);
        assertThat(ProblemType.ofStatus(599)).isEqualTo(ProblemType.INTERNAL_ERROR);
    }
}
