package dev.recount.command.issue.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IfMatch.Seen;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IfMatchHeaderTest {

    private static final String LOG = "5f3c9d0a1b2e";

    private static Optional<IfMatch> parse(List<String> lines) {
        return IfMatchHeader.parse(lines, LOG);
    }

    @Test
    void no_header_and_a_star_ask_for_nothing() {
        assertThat(parse(List.of())).contains(IfMatch.ANY);
        assertThat(parse(List.of(" * "))).contains(IfMatch.ANY);
    }

    @Test
    void tags_name_a_version_or_a_version_and_a_sequence() {
        assertThat(parse(List.of("\"3\""))).contains(IfMatch.oneOf(List.of(new Seen(3, null))));
        assertThat(parse(List.of("\"3.7\""))).contains(IfMatch.oneOf(List.of(new Seen(3, 7L))));
        assertThat(parse(List.of("\"3\" , \"4.0\",", ",\"5\"")))
                .contains(IfMatch.oneOf(List.of(new Seen(3, null), new Seen(4, 0L), new Seen(5, null))));
    }

    @Test
    void a_tag_that_was_given_holds_in_its_own_log_only() {
        assertThat(parse(List.of("\"3.7@5f3c9d0a1b2e\""))).contains(IfMatch.oneOf(List.of(new Seen(3, 7L))));
        assertThat(parse(List.of("\"3.7@000000000000\", \"3@000000000000\""))).contains(IfMatch.oneOf(List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"W/\"3\"", "\"\"", "\"03\"", "\"3.\"", "\"-3\"", "\"*\"", "\"a,b\"", "\"99999999999999999999\""})
    void tags_that_are_weak_or_not_ours_match_nothing(String header) {
        assertThat(parse(List.of(header))).contains(IfMatch.oneOf(List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3", "\"3", "3\"", "\"3\" \"4\"", "\"3\"\"4\"", "w/\"3\"", "*, \"3\"", "\"3\";", "\"a b\""})
    void what_is_no_list_of_tags_is_refused(String header) {
        assertThat(parse(List.of(header))).isEmpty();
    }
}
