package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.recount.events.text.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {

    private static final RequestContext LENIENT = new RequestContext("id", OptionalLong.empty(), false);

    private static final TextRule TITLE = TextRule.ANY.trimmed().notBlank().atMost(255);
    private static final Choice<Integer> STATUS = Choice.of(new Integer[] {1, 2}, number -> "s" + number);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|must be a text, not a number",
                "1.5|must be a text, not a number",
                "true|must be a text, not a boolean",
                "{}|must be a text, not an object",
                "[]|must be a text, not a list",
                "[\"x\"]|must be a text, not a list",
                "null|must not be null",
                "\"\"|must not be blank",
                "\" \"|must not be blank",
                "\"\\t\\r\\n\\u000b\\u001c\"|must not be blank",
                "\"\\u00a0\\u2007\\u202f\\u3000\\u2028\\u0085\"|must not be blank",
                "\"\\u00a0\\u2007\\u202f\\u3000\\u2028\"|must not be blank",
                "\"a\\u0000b\"|must not contain the character U+0000",
                "\"\\u0000\"|must not contain the character U+0000",
                "\"\\u200b\\u00ad\\u0001\"|must not be blank",
                "\"a\\ud800\"|must not contain half of a surrogate pair",
                "\"a\\ud800b\"|must not contain half of a surrogate pair",
                "\"\\ude00\\ud83d\"|must not contain half of a surrogate pair",
                "\"\\ud83d\\ud83d\\ude00\"|must not contain half of a surrogate pair",
                "\"\\ud83d\\ude00\"|",
                "\"\\uffff\\ufffd\\u200b\"|",
            })
    void a_required_text_is_judged(String value, String complaint) {
        assertComplaint(value, complaint, fields -> fields.requiredText("f", TITLE));
        assertComplaint(value, complaint, fields -> fields.optionalText("f", TITLE));
    }

    @Test
    void text_is_trimmed_by_the_rule_and_kept_to_the_letter_without_it() {
        JsonFields fields = fields("{\"f\":\" \\u00a0 a \\u3000b\\n\\u2003\"}");
        assertThat(fields.requiredText("f", TITLE)).isEqualTo("a \u3000b");
        assertThat(fields.requiredText("f", TextRule.ANY)).isEqualTo(" \u00a0 a \u3000b\n\u2003");
        fields.throwIfInvalid();
    }

    @Test
    void lengths_count_code_points_after_trimming() {
        String grin = "\ud83d\ude00";
        assertComplaint("\"  " + grin.repeat(255) + "  \"", null, fields -> fields.requiredText("f", TITLE));
        assertComplaint(
                "\"" + grin.repeat(256) + "\"",
                "must be at most 255 characters",
                fields -> fields.requiredText("f", TITLE));
        assertComplaint(
                "\"" + "x".repeat(256) + "\"",
                "must be at most 255 characters",
                fields -> fields.requiredText("f", TITLE));
        assertComplaint("\"" + "x".repeat(255) + "\"", null, fields -> fields.requiredText("f", TITLE));
    }

    @Test
    void a_pattern_is_matched_by_the_whole_text() {
        TextRule name = TextRule.ANY.matching(Pattern.compile("[a-z]+"), "may hold small letters only");
        assertComplaint("\"ada\"", null, fields -> fields.requiredText("f", name));
        assertComplaint("\"ada1\"", "may hold small letters only", fields -> fields.requiredText("f", name));
        assertComplaint("\"ada\\n\"", "may hold small letters only", fields -> fields.requiredText("f", name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1|",
                "0|",
                "-1|",
                "9223372036854775807|",
                "-9223372036854775808|",
                "9223372036854775808|must fit into 64 bits",
                "-9223372036854775809|must fit into 64 bits",
                "123456789012345678901234567890|must fit into 64 bits",
                "1.0|must be an integer, not a number",
                "1.5|must be an integer, not a number",
                "1e2|must be an integer, not a number",
                "1e400|must be an integer, not a number",
                "1e-400|must be an integer, not a number",
                "1e999999999|must be an integer, not a number",
                "-0.0|must be an integer, not a number",
                "\"1\"|must be an integer, not a text",
                "\"\"|must be an integer, not a text",
                "true|must be an integer, not a boolean",
                "[1]|must be an integer, not a list",
                "{}|must be an integer, not an object",
                "null|must not be null",
            })
    void an_integer_is_judged(String value, String complaint) {
        assertComplaint(value, complaint, fields -> fields.requiredInteger("f"));
        assertComplaint(value, complaint, fields -> fields.optionalInteger("f"));
        if (!value.equals("null")) {
            assertComplaint(value, complaint, fields -> fields.nullableInteger("f"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"s1\"|",
                "\"s2\"|",
                "\"s3\"|must be one of s1, s2",
                "\"S1\"|must be one of s1, s2",
                "\" s1\"|must be one of s1, s2",
                "\"\"|must be one of s1, s2",
                "1|must be a text, not a number",
                "null|must not be null",
                "[\"s1\"]|must be a text, not a list",
            })
    void a_choice_is_judged(String value, String complaint) {
        assertComplaint(value, complaint, fields -> fields.requiredChoice("f", STATUS));
        assertComplaint(value, complaint, fields -> fields.optionalChoice("f", STATUS));
    }

    @Test
    void values_come_back_as_sent() {
        JsonFields fields = fields("{\"t\":\"x\",\"i\":42,\"c\":\"s2\",\"n\":null}");
        assertThat(fields.optionalText("t", TITLE)).contains("x");
        assertThat(fields.requiredInteger("i")).isEqualTo(42);
        assertThat(fields.optionalInteger("i")).hasValue(42);
        assertThat(fields.nullableInteger("i")).hasValue(42);
        assertThat(fields.requiredChoice("c", STATUS)).contains(2);
        assertThat(fields.nullableInteger("n")).isEmpty();
        assertThat(fields.has("n")).isTrue();
        assertThat(fields.isInvalid()).isFalse();
        fields.throwIfInvalid();
    }

    @Test
    void absent_fields_are_empty_or_missed() {
        JsonFields fields = fields("{\"other\":{}}");
        assertThat(fields.has("a")).isFalse();
        assertThat(fields.optionalText("a", TITLE)).isEqualTo(Optional.empty());
        assertThat(fields.optionalInteger("a")).isEqualTo(OptionalLong.empty());
        assertThat(fields.nullableInteger("a")).isEqualTo(OptionalLong.empty());
        assertThat(fields.optionalChoice("a", STATUS)).isEqualTo(Optional.empty());
        assertThat(fields.isInvalid()).isFalse();
        fields.requiredText("a", TITLE);
        fields.requiredInteger("b");
        fields.requiredChoice("c", STATUS);
        assertThat(errors(fields))
                .isEqualTo(
                        Map.of("a", List.of("is required"), "b", List.of("is required"), "c", List.of("is required")));
    }

    @Test
    void all_that_is_wrong_is_told_in_the_order_of_reading() {
        JsonFields fields = fields("{\"a\":1,\"b\":\"x\"}");
        fields.requiredText("a", TITLE);
        fields.requiredInteger("b");
        fields.reject("b", "is out of fashion");
        assertThat(errors(fields).toString())
                .isEqualTo("{a=[must be a text, not a number], b=[must be an integer, not a text, is out of fashion]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"f\":\"x\",\"\":1}",
                "{\"f\":\"x\",\"\\u0000\":1}",
                "{\"f\":\"x\",\"g\":\"\\ud800\"}",
                "{\"f\":\"x\",\"__proto__\":{}}"
            })
    void fields_that_nobody_asks_for_do_no_harm(String body) {
        JsonFields fields = fields(body);
        fields.requiredText("f", TITLE);
        assertThatCode(fields::throwIfInvalid).doesNotThrowAnyException();
    }

    @Test
    void a_list_of_texts_is_judged_item_by_item() {
        JsonFields fields = fields("{\"f\":[\" a \",\"b\"]}");
        assertThat(fields.optionalTexts("f", TITLE)).contains(List.of("a", "b"));
        assertThat(fields.optionalTexts("g", TITLE)).isEmpty();
        fields.throwIfInvalid();
        JsonFields bad = fields("{\"f\":[\"a\",\" \",7,null]}");
        bad.optionalTexts("f", TITLE);
        assertThat(errors(bad))
                .isEqualTo(Map.of(
                        "f[1]", List.of("must not be blank"),
                        "f[2]", List.of("must be a text, not a number"),
                        "f[3]", List.of("must not be null")));
        assertComplaint("null", "must not be null", one -> one.optionalTexts("f", TITLE));
        assertComplaint("\"a\"", "must be a list of texts, not a text", one -> one.optionalTexts("f", TITLE));
    }

    private static void assertComplaint(String value, String complaint, Consumer<JsonFields> read) {
        JsonFields fields = fields("{\"f\":" + value + "}");
        read.accept(fields);
        assertThat(fields.isInvalid()).isEqualTo(complaint != null);
        if (complaint == null) {
            fields.throwIfInvalid();
        } else {
            assertThat(errors(fields)).isEqualTo(Map.of("f", List.of(complaint)));
        }
    }

    private static Map<String, List<String>> errors(JsonFields fields) {
        Problem problem = catchThrowableOfType(ProblemException.class, fields::throwIfInvalid)
                .problem();
        assertThat(problem.type()).isEqualTo(ProblemType.VALIDATION_FAILED);
        return problem.errors();
    }

    private static JsonFields fields(String body) {
        return JsonBody.parseObject(body.getBytes(StandardCharsets.UTF_8), LENIENT);
    }
}
