package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {

    private static final Choice<String> STATUS = Choice.of(new String[] {"open", "closed"}, name -> name);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=x|x",
                "a=|''",
                "a|''",
                "b=1&a=x|x",
                "&&a=x&|x",
                "a=x=y|x=y",
                "%61=x|x",
                "a=%78|x",
                "a=x+y|'x y'",
                "a=%2B|+",
                "a=%2b|+",
                "a=%C3%A9|\u00e9",
                "a=%F0%9F%98%80|\ud83d\ude00",
                "a=%26%3D%3F%23|&=?#",
                "a=x;b=y|x;b=y",
                "a=\u00c3\u00a9|\u00e9"
            })
    void a_parameter_is_decoded(String query, String value) {
        assertThat(query(query).optionalText("a")).contains(value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "b=1", "A=1", "aa=1", "&", "=", "=a", "b=a"})
    void an_absent_parameter_is_empty(String query) {
        assertThat(query(query).optionalText("a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=%",
                "a=%4",
                "a=%ZZ",
                "a=%4Z",
                "a=% 1",
                "a=%-1",
                "a=%+1",
                "%=a",
                "b=%ZZ",
                "a=%80",
                "a=%C3",
                "a=%C3%28",
                "a=%C0%80",
                "a=%ED%A0%80",
                "a=%F4%90%80%80",
                "a=%FF",
                "a=\u20ac",
                "a=\u00e9",
                "a=%\uff11\uff11"
            })
    void a_query_that_is_no_encoded_utf8_ends_the_request(String query) {
        assertThatThrownBy(() -> query(query))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refusal -> assertThat(refusal.problem().type()).isEqualTo(ProblemType.BAD_REQUEST));
    }

    @Test
    void a_parameter_may_be_given_once() {
        QueryParameters query = query("status=open&id=1&status=open&id=2&x=1&x=2");
        assertThat(query.optionalChoice("status", STATUS)).isEmpty();
        assertThat(query.optionalId("id")).isEmpty();
        assertThat(errors(query))
                .isEqualTo(Map.of("status", List.of("must be given once"), "id", List.of("must be given once")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status",
                "status=",
                "status=OPEN",
                "status=open%20",
                "status=%00",
                "status=open,closed",
                "status=null"
            })
    void an_unknown_choice_is_told(String text) {
        QueryParameters query = query(text);
        assertThat(query.optionalChoice("status", STATUS)).isEmpty();
        assertThat(errors(query)).isEqualTo(Map.of("status", List.of("must be one of open, closed")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "id",
                "id=",
                "id=0",
                "id=-1",
                "id=+1",
                "id=01",
                "id=1.0",
                "id=null",
                "id=%D9%A1",
                "id=99999999999999999999"
            })
    void a_bad_id_is_told(String text) {
        QueryParameters query = query(text);
        assertThat(query.optionalId("id")).isEmpty();
        assertThat(errors(query)).isEqualTo(Map.of("id", List.of("must be a positive integer")));
    }

    @Test
    void an_id_is_read() {
        assertThat(query("id=12").optionalId("id")).hasValue(12);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "000, 0", "0012, 12", "9223372036854775807, 9223372036854775807"})
    void a_number_is_read(String text, long number) {
        assertThat(query("after=" + text).optionalNumber("after")).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "1.0", "%D9%A1", "9223372036854775808", "1%00"})
    void a_bad_number_is_told(String text) {
        QueryParameters query = query("after=" + text);
        assertThat(query.optionalNumber("after")).isEmpty();
        assertThat(errors(query)).isEqualTo(Map.of("after", List.of("must be zero or a positive integer")));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-09T12:08Z, 2026-01-09T12:08:00Z",
        "2026-01-09T12:08:01.123456789Z, 2026-01-09T12:08:01.123456789Z",
        "2024-02-29T12:08:01%2B01:30, 2024-02-29T10:38:01Z"
    })
    void a_time_is_read(String text, Instant time) {
        assertThat(query("from=" + text).optionalTime("from")).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2026-01-09",
                "2026-01-09T12:08:01",
                "2026-02-29T12:08:01Z",
                "2026-01-09T24:00:01Z",
                "2026-01-09T12:08:60Z",
                "0000-01-09T12:08:01Z",
                "-2026-01-09T12:08:01Z",
                "%2B12026-01-09T12:08:01Z",
                "2026-01-09T12:08:01z",
                "2026-01-09T12:08:01+01:00",
                "2026-01-09T12:08:01%2B19:00"
            })
    void a_bad_time_is_told(String text) {
        QueryParameters query = query("from=" + text);
        assertThat(query.optionalTime("from")).isEmpty();
        assertThat(errors(query)).isEqualTo(Map.of("from", List.of("must be a time such as 2026-01-09T12:08:01Z")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|/issues?page=3",
                "page=2|/issues?page=3",
                "status=open|/issues?status=open&page=3",
                "page=2&status=open&page_size=5|/issues?status=open&page_size=5&page=3",
                "x=a%20b&x=%26&y|/issues?x=a+b&x=%26&y=&page=3",
                "q=%C3%A9%22%3C|/issues?q=%C3%A9%22%3C&page=3",
                "%70age=2|/issues?page=3"
            })
    void another_page_keeps_the_other_parameters(String text, String address) {
        assertThat(query(text).with("page", "3")).isEqualTo(address);
    }

    @Test
    void whatever_is_kept_reads_back_the_same() {
        Random random = new Random(11);
        for (int round = 0; round < 5_000; round++) {
            String value = random.ints(random.nextInt(8), 0, 0x11_0000)
                    .filter(c -> c < 0xD800 || c > 0xDFFF)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            String address = new QueryParameters("/p", List.of(new QueryPair("q", value)), null).with("page", "2");
            assertThat(address).matches("/p\\?q=[A-Za-z0-9.*_+%-]*&page=2");
            assertThat(query(address.substring(3)).optionalText("q")).contains(value);
        }
    }

    private static QueryParameters query(String rawQuery) {
        return QueryParameters.parse("/issues", rawQuery);
    }

    private static Map<String, List<String>> errors(QueryParameters query) {
        return catchThrowableOfType(ProblemException.class, query::throwIfInvalid)
                .problem()
                .errors();
    }
}
