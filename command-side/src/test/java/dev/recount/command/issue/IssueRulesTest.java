package dev.recount.command.issue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IssueRulesTest {

    @Test
    void every_kind_of_white_space_is_trimmed() {
        assertThat(IssueRules.TITLE.prepare(" \t\n\u00a0\u2003\u3000a b\u2028\u00a0"))
                .isEqualTo("a b");
        assertThat(IssueRules.TITLE.prepare("\u2003\u00a0")).isEmpty();
        assertThat(IssueRules.TITLE.prepare("")).isEmpty();
    }

    @Test
    void no_white_space_lies_outside_the_basic_plane() {
        for (int codePoint = Character.MIN_SUPPLEMENTARY_CODE_POINT;
                codePoint <= Character.MAX_CODE_POINT;
                codePoint++) {
            assertThat(Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint))
                    .isFalse();
        }
    }

    @Test
    void a_title_counts_characters_and_not_their_encoding() {
        assertThat(IssueRules.TITLE.problemOf("\ud83d\ude00".repeat(255))).isEmpty();
        assertThat(IssueRules.TITLE.problemOf("\ud83d\ude00".repeat(256))).contains("must be at most 255 characters");
    }

    @Test
    void a_label_may_have_fifty_characters() {
        assertThat(IssueRules.LABEL.problemOf("x".repeat(50))).isEmpty();
        assertThat(IssueRules.LABEL.problemOf("x".repeat(51))).contains("must be at most 50 characters");
        assertThat(IssueRules.LABEL.problemOf("")).contains("must not be blank");
    }

    @Test
    void a_surrogate_needs_its_other_half() {
        assertThat(IssueRules.DESCRIPTION.problemOf("a\ud83d\ude00b")).isEmpty();
        for (String broken : new String[] {"\ud83d", "\ude00", "\ud83dx", "\ude00\ud83d", "\ud83d\ud83d\ude00"}) {
            assertThat(IssueRules.DESCRIPTION.problemOf(broken)).contains("must not contain half of a surrogate pair");
        }
    }
}
