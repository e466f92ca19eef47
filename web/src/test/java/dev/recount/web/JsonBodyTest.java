package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.text.TextRule;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {

    private static final RequestContext LENIENT = new RequestContext("id", OptionalLong.empty(), false);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\t",
                "{",
                "}",
                "[",
                "]",
                "{]",
                "nul",
                "nope",
                "True",
                "NaN",
                "Infinity",
                "-",
                "+1",
                "01",
                "1.",
                ".5",
                "0x1F",
                "1e",
                "'x'",
                "\"x",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1 \"b\":2}",
                "[1,]",
                "[,1]",
                "{\"a\":01}",
                "{} {}",
                "{}{}",
                "{},",
                "{}x",
                "{} // comment",
                "/* comment */ {}",
                "# comment\n{}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\uZZZZ\"}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "\u0000",
                "{}\u0000",
                "{\"a\":\"\u0000\"}",
                "{\"a\":1;\"b\":2}",
                "<a/>",
                "a=1",
                "\u00a0{}",
                "{\"\\ud800\":1}"
            })
    void what_is_no_json_is_malformed(String body) {
        assertMalformed(body.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource({
        "a stray continuation byte, 80",
        "a cut sequence, C3",
        "a sequence with a wrong second byte, C328",
        "an overlong NUL, C080",
        "an overlong letter, C181",
        "an encoded half of a surrogate pair, EDA080",
        "a code point past the last, F4908080",
        "a byte that never occurs, FF",
    })
    void text_that_is_not_utf8_is_malformed(String what, String hex) {
        byte[] text = HexFormat.of().parseHex(hex);
        byte[] body = new byte[text.length + 4];
        System.arraycopy("[\"".getBytes(StandardCharsets.US_ASCII), 0, body, 0, 2);
        System.arraycopy(text, 0, body, 2, text.length);
        System.arraycopy("\"]".getBytes(StandardCharsets.US_ASCII), 0, body, text.length + 2, 2);
        assertMalformed(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE", "ISO-8859-1"})
    void other_encodings_are_not_guessed(String charset) {
        assertMalformed("{\"a\":\"\u00e9\"}".getBytes(Charset.forName(charset)));
    }

    @Test
    void a_byte_order_mark_is_passed_over() {
        assertThat(JsonBody.parseObject("\uFEFF{\"a\":1}".getBytes(StandardCharsets.UTF_8), LENIENT)
                        .has("a"))
                .isTrue();
    }

    @Test
    void what_is_ignored_may_be_deep_and_long() {
        read("{\"a\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}");
        read("{\"a\":" + "[".repeat(1_999) + "]".repeat(1_999) + "}");
        read("{\"a\":" + "{\"b\":".repeat(1_000) + "1" + "}".repeat(1_001));
        read("{\"a\":" + "9".repeat(2_000) + ",\"b\":1." + "9".repeat(1_500) + ",\"c\":1e999999999}");
        read("{\"" + "n".repeat(50_000) + "\":\"" + "v".repeat(1_000_000) + "\"}");
    }

    @Test
    void what_is_never_closed_is_malformed_however_deep() {
        assertMalformed("[".repeat(1_000_000).getBytes(StandardCharsets.UTF_8));
        assertMalformed("{\"a\":".repeat(150_000).getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource
    void what_is_beyond_the_limits_is_refused_with_them_and_costs_no_stack(String body) {
        assertThatThrownBy(() -> read(body)).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem().type()).isEqualTo(ProblemType.VALIDATION_FAILED);
            assertThat(refusal.problem().detail())
                    .isEqualTo("The body is beyond what is read: at most 2000 levels, 2000 digits in a number and 50000"
                            + " characters in a name.");
        });
    }

    static Stream<String> what_is_beyond_the_limits_is_refused_with_them_and_costs_no_stack() {
        return Stream.of(
                "[".repeat(500_000) + "]".repeat(500_000),
                "{\"a\":".repeat(100_000) + "\"]\\\"\"" + "}".repeat(100_000),
                "{\"a\":" + "[".repeat(2_000) + "]".repeat(2_000) + "}",
                "{\"version\":" + "9".repeat(100_000) + "}",
                "{\"version\":1." + "9".repeat(100_000) + "}",
                "{\"" + "n".repeat(60_000) + "\":1}");
    }

    private static JsonFields read(String body) {
        return JsonBody.parseObject(body.getBytes(StandardCharsets.UTF_8), LENIENT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[]|a list", "\"x\"|a text", "1|a number", "1.5|a number", "true|a boolean", "null|null"})
    void sound_json_that_is_no_object_is_not_valid(String body, String kind) {
        assertThatThrownBy(() -> JsonBody.parseObject(body.getBytes(StandardCharsets.UTF_8), LENIENT))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.problem().type()).isEqualTo(ProblemType.VALIDATION_FAILED);
                    assertThat(refusal.problem().detail()).isEqualTo("The body must be an object, not " + kind + ".");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}|an object", "null|null", "\"x\"|a text"})
    void sound_json_that_is_no_list_is_not_valid(String body, String kind) {
        assertThatThrownBy(() -> JsonBody.parseList(body.getBytes(StandardCharsets.UTF_8), LENIENT))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().detail())
                                .isEqualTo("The body must be a list, not " + kind + "."));
    }

    @Test
    void the_bad_items_of_a_list_are_named_by_their_index() {
        JsonItems items =
                JsonBody.parseList("[{\"id\": 1}, 7, {}, {\"id\": null}]".getBytes(StandardCharsets.UTF_8), LENIENT);
        assertThat(items.stream().map(item -> item.requiredInteger("id"))).hasSize(items.size());
        assertThatThrownBy(items::throwIfInvalid)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().errors())
                                .isEqualTo(Map.of(
                                        "[1]", List.of("must be an object, not a number"),
                                        "[2].id", List.of("is required"),
                                        "[3].id", List.of("must not be null"))));
    }

    @Test
    void a_list_of_nonsense_is_refused_for_its_first_five_thousand_faults() {
        String nonsense = "[" + "0,".repeat(500_000) + "{}]";
        JsonItems items = JsonBody.parseList(nonsense.getBytes(StandardCharsets.UTF_8), LENIENT);
        items.forEach(item -> item.requiredInteger("id"));
        assertThatThrownBy(items::throwIfInvalid).isInstanceOfSatisfying(ProblemException.class, refusal -> {
            assertThat(refusal.problem().errors()).hasSize(5_000).containsKeys("[0]", "[4999]");
            assertThat(refusal.problem().detail())
                    .isEqualTo("Not valid: [0], [1], [2], [3], [4], [5], [6], [7], [8], [9] and 4990 more.");
        });
    }

    @Test
    void a_good_list_passes() {
        JsonItems items = JsonBody.parseList("[{\"id\": 1}, {\"id\": 2}]".getBytes(StandardCharsets.UTF_8), LENIENT);
        assertThat(items).extracting(item -> item.requiredInteger("id")).containsExactly(1L, 2L);
        items.throwIfInvalid();
    }

    @Test
    void garbled_bodies_are_read_or_refused_and_nothing_else() {
        Random random = new Random(20_261_122);
        byte[] good = "{\"title\":\"Caf\u00e9 \\u00e9 \ud83d\ude00\",\"n\":[1,-2.5e3,true,null,{\"x\":\"\\n\"}]}"
                .getBytes(StandardCharsets.UTF_8);
        for (int round = 0; round < 50_000; round++) {
            byte[] garbled = good.clone();
            for (int change = random.nextInt(4); change >= 0; change--) {
                garbled[random.nextInt(garbled.length)] = (byte) random.nextInt(256);
            }
            try {
                JsonFields fields = JsonBody.parseObject(garbled, LENIENT);
                fields.requiredText("title", TextRule.ANY);
                fields.optionalInteger("n");
                fields.throwIfInvalid();
            } catch (ProblemException refused) {
                assertThat(refused.problem().status()).isEqualTo(400);
            } catch (RuntimeException unexpected) {
                throw new AssertionError(HexFormat.ofDelimiter(" ").formatHex(garbled), unexpected);
            }
        }
    }

    private static void assertMalformed(byte[] body) {
        assertThatThrownBy(() -> JsonBody.parseObject(body, LENIENT))
                .isInstanceOfSatisfying(ProblemException.class, refusal -> {
                    assertThat(refusal.problem().type()).isEqualTo(ProblemType.MALFORMED_JSON);
                    assertThat(refusal.problem().detail()).doesNotContain("Exception", "Source", "jackson", "Feature");
                });
        assertThatThrownBy(() -> JsonBody.parseList(body, LENIENT)).isInstanceOf(ProblemException.class);
    }
}
