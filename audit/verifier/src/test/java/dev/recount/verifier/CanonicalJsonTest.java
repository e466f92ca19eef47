package dev.recount.verifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;

/** The examples are those of RFC 8785, sections 3.2.2 and 3.2.3 and appendix B. */
class CanonicalJsonTest {

    @Test
    void white_space_goes_and_strings_and_literals_have_one_form() {
        assertThat(canonical("""
            {
              "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
              "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
              "literals": [null, true, false]
            }
            """))
                .isEqualTo("{\"literals\":[null,true,false],\"numbers\":[333333333.3333333,1e+30,4.5,0.002,1e-27],"
                        + "\"string\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}");
    }

    @Test
    void members_are_sorted_by_UTF_16_code_units() {
        assertThat(canonical("""
            {"\\u20ac": "Euro Sign", "\\r": "Carriage Return", "\\ufb33": "Hebrew Letter Dalet With Dagesh",
             "1": "One", "\\ud83d\\ude00": "Emoji: Grinning Face", "\\u0080": "Control",
             "\\u00f6": "Latin Small Letter O With Diaeresis"}
            """))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"ö\":\"Latin Small Letter O With Diaeresis\",\"€\":\"Euro Sign\","
                        + "\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void objects_are_sorted_at_every_depth_and_arrays_are_not() {
        assertThat(canonical("{\"b\":[{\"d\":{},\"c\":[]},2,1],\"a\":{\"y\":{\"2\":0,\"1\":0},\"x\":\"\"},\"\":null}"))
                .isEqualTo("{\"\":null,\"a\":{\"x\":\"\",\"y\":{\"1\":0,\"2\":0}},\"b\":[{\"c\":[],\"d\":{}},2,1]}");
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void doubles_are_written_as_ECMAScript_does(String bits, String expected) {
        var value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));
        assertThat(canonical("[" + new java.math.BigDecimal(value).toEngineeringString() + "]"))
                .isEqualTo("[" + withPoint(value, expected) + "]");
    }

    /** A double without a fraction is an integer here, and integers keep their digits. */
    private static String withPoint(double value, String expected) {
        var exact = new java.math.BigDecimal(value).toEngineeringString();
        return exact.matches("-?[0-9]+") ? exact.equals("-0") ? "0" : exact : expected;
    }

    @ParameterizedTest
    @CsvSource({"0,0", "-0,0", "-7,-7", "9007199254740993,9007199254740993", "1.0,1", "1E2,100", "-0.0,0", "12.50,12.5"
    })
    void integers_keep_all_their_digits(String written, String expected) {
        assertThat(canonical(written)).isEqualTo(expected);
        var many = "1".repeat(2_000);
        assertThat(canonical(many)).isEqualTo(many);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{\"a\":1,\"a\":1}", "{\"b\":1,\"a\":1,\"b\":1}", "\"\\ud800\"", "\"\\udc00x\"", "1e999", "1 2"})
    void what_has_no_canonical_form_is_refused(String json) {
        assertThatThrownBy(() -> canonical(json)).isInstanceOf(MalformedLogException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[1,]", "{\"a\" 1}", "'a'", "01", "NaN", "\"\n\""})
    void what_is_no_JSON_is_refused(String json) {
        assertThatThrownBy(() -> canonical(json)).isInstanceOf(JacksonException.class);
    }

    private static String canonical(String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        return new String(new CanonicalJson().of(bytes, 0, bytes.length), StandardCharsets.UTF_8);
    }
}
