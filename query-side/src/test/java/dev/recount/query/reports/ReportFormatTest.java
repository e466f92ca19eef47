package dev.recount.query.reports;

import static dev.recount.query.reports.ReportFormat.CSV;
import static dev.recount.query.reports.ReportFormat.JSON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.query.responses.AcceptHeader;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportFormatTest {

    private static ReportFormat of(String... accept) {
        return ReportFormat.of(AcceptHeader.of(List.of(accept))).orElse(null);
    }

    @Test
    void who_asks_for_nothing_or_anything_gets_json() {
        assertThat(of()).isEqualTo(JSON);
        assertThat(of("")).isEqualTo(JSON);
        assertThat(of("*/*")).isEqualTo(JSON);
        assertThat(of("application/*")).isEqualTo(JSON);
        assertThat(of("text/html, */*;q=0.1")).isEqualTo(JSON);
        assertThat(of("text/csv, application/json")).isEqualTo(JSON);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/csv",
                "TEXT/CSV; charset=utf-8",
                "text/*",
                "text/csv, */*",
                "text/csv;q=0.5, application/json;q=0.4",
                "text/csv;q=0.5, */*;q=0.4",
                "application/json;q=0, */*",
                "application/json;q=0.1, text/*;q=0.2, */*"
            })
    void who_prefers_csv_gets_it(String accept) {
        assertThat(of(accept)).isEqualTo(CSV);
    }

    @Test
    void the_most_specific_range_says_how_much_a_format_is_wanted() {
        assertThat(of("text/csv;q=0.1, text/*, application/json;q=0.5")).isEqualTo(JSON);
        assertThat(of("text/csv;q=0, */*")).isEqualTo(JSON);
    }

    @Test
    void several_lines_are_one_list() {
        assertThat(of("text/html", "text/csv")).isEqualTo(CSV);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/json;q=0", "*/*;q=0", "image/*, text/html", "nonsense"})
    void what_suits_no_format_suits_none(String accept) {
        assertThat(of(accept)).isNull();
    }
}
