package dev.recount.command.issue.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IfMatch.Seen;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchHeaderTest {

    @Test
    void no_header_and_a_star_ask_for_nothing() {
        assertThat(IfMatchHeader.parse(List.of())).contains(IfMatch.ANY);
        assertThat(IfMatchHeader.parse(List.of(" * "))).contains(IfMatch.ANY);
    }

    @Test
    void tags_name_a_version_or_a_version_and_a_sequence() {
        assertThat(IfMatchHeader.parse(List.of("\"3\""))).contains(IfMatch.oneOf(List.of(new Seen(3, null))));
        assertThat(IfMatchHeader.parse(List.of("\"3.7\""))).contains(IfMatch.oneOf(List.of(new Seen(3, 7L))));
        assertThat(IfMatchHeader.parse(List.of("\"3\" , \"4.0\",", ",\"5\"")))
                .contains(IfMatch.oneOf(List.of(new Seen(3, null), new Seen(4, 0L), new Seen(5, null))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"W/\"3\"", "\"\"", "\"03\"", "\"3.\"", "\"-3\"", "\"*\"", "\"a,b\"", "\"99999999999999999999\""})
    void tags_that_are_weak_or_not_ours_match_nothing(String header) {
        assertThat(IfMatchHeader.parse(List.of(header))).contains(IfMatch.oneOf(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "\"3", "3\"", "\"3\" \"4\"", "\"3\"\"4\"", "w/\"3\"", "*, \"3\"", "\"3\";", "\"a b\""})
    void what_is_no_list_of_tags_is_refused(String header) {
        assertThat(IfMatchHeader.parse(List.of(header))).isEmpty();
    }
}
