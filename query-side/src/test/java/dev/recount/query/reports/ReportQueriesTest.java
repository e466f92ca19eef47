package dev.recount.query.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** It is Sunday, 15 February 2026. */
class ReportQueriesTest {

    private static ReportStory story;

    @BeforeAll
    static void start() {
        story = new ReportStory();
    }

    @AfterAll
    static void stop() {
        story.close();
    }

    /** The first and the last row's days. */
    private static List<String> spans(String query) {
        var rows = story.server().get("/reports/throughput" + query).json().get("rows");
        var last = rows.get(rows.size() - 1);
        return List.of(
                Integer.toString(rows.size()),
                rows.get(0).get("from").asString(),
                rows.get(0).get("to").asString(),
                last.get("from").asString(),
                last.get("to").asString());
    }

    @Test
    void without_a_period_it_is_the_last_thirty_days_or_twelve_weeks_or_months() {
        assertThat(spans("")).containsExactly("30", "2026-01-17", "2026-01-17", "2026-02-15", "2026-02-15");
        assertThat(spans("?interval=week"))
                .containsExactly("12", "2025-11-24", "2025-11-30", "2026-02-09", "2026-02-15");
        assertThat(spans("?interval=month"))
                .containsExactly("12", "2025-03-01", "2025-03-31", "2026-02-01", "2026-02-15");
        assertThat(spans("?to=2026-01-31&interval=day"))
                .containsExactly("30", "2026-01-02", "2026-01-02", "2026-01-31", "2026-01-31");
        assertThat(spans("?from=2026-02-14"))
                .containsExactly("2", "2026-02-14", "2026-02-14", "2026-02-15", "2026-02-15");
    }

    @Test
    void intervals_are_cut_to_the_period() {
        assertThat(spans("?from=2026-01-07&to=2026-01-13&interval=week"))
                .containsExactly("2", "2026-01-07", "2026-01-11", "2026-01-12", "2026-01-13");
        assertThat(spans("?from=2024-02-29&to=2024-02-29&interval=month"))
                .containsExactly("1", "2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29");
    }

    @Test
    void a_series_has_a_thousand_intervals_at_most() {
        assertThat(spans("?from=2023-05-23&to=2026-02-15").getFirst()).isEqualTo("1000");
        assertError("from=2023-05-21&to=2026-02-15", "from", "must leave at most 1000 intervals");
        assertError("from=0001-01-01&to=9999-12-31", "from", "must leave at most 1000 intervals");
        assertThat(spans("?from=0001-01-01&to=0083-12-31&interval=month").getFirst())
                .isEqualTo("996");
        assertThat(spans("?to=0001-01-01").getFirst()).isEqualTo("30");
    }

    @Test
    void a_report_that_is_no_series_takes_a_period_of_any_length() {
        var answer = story.server().get("/reports/workload?from=0001-01-01&to=9999-12-31");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().get("to").asString()).isEqualTo("9999-12-31");
    }

    private static void assertError(String query, String parameter, String message) {
        var answer = story.server().get("/reports/throughput?" + query, "Accept", "text/csv");
        assertThat(answer.status()).as(query).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("validation-failed");
        assertThat(answer.json().get("errors").get(parameter).get(0).asString()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        from=2026-02-30              | from     | must be a date such as 2026-01-09
        to=2026-2-3                  | to       | must be a date such as 2026-01-09
        from=                        | from     | must be a date such as 2026-01-09
        from=0000-01-01              | from     | must be a date such as 2026-01-09
        from=2026-01-01T00:00:00Z    | from     | must be a date such as 2026-01-09
        from=2026-02-16              | from     | must not be after to
        from=2026-01-02&to=2026-01-01| from     | must not be after to
        to=2026-01-01&to=2026-01-01  | to       | must be given once
        interval=year                | interval | must be one of day, week, month
        assignee=4                   | assignee | must be an existing user
        assignee=ada                 | assignee | must be a positive integer
        label=nothing                | label    | must be an existing label
        label=%00                    | label    | must be an existing label
        label=                       | label    | must be an existing label
        assignee=1&label=bug         | label    | must not be given together with assignee
        priority=none                | priority | must be one of low, medium, high, urgent
        priority=dire                | priority | must be one of low, medium, high, urgent
        priority=high&label=bug      | priority | must not be given together with assignee or label
        priority=high&assignee=1     | priority | must not be given together with assignee or label
        by=assignee&priority=high    | by       | must not be given together with assignee, label or priority
        by=label                     | by       | must be one of assignee
        by=assignee&label=bug        | by       | must not be given together with assignee, label or priority
        """)
    void what_cannot_be_answered_is_refused(String query, String parameter, String message) {
        assertError(query, parameter, message);
    }

    @Test
    void all_that_is_wrong_is_told_at_once() {
        var answer = story.server().get("/reports/throughput?from=x&to=y&interval=z&assignee=9&by=q");
        assertThat(answer.json().get("errors").propertyNames())
                .containsExactlyInAnyOrder("from", "to", "interval", "assignee", "by");
    }

    @Test
    void a_parameter_that_only_other_reports_know_is_refused_as_a_wholly_unknown_one_is() {
        assertThat(story.server()
                        .get("/reports/workload?label=bug")
                        .json()
                        .get("errors")
                        .toString())
                .isEqualTo("{\"label\":[\"is not known here\"]}");
        assertThat(story.server().get("/reports/ageing?from=2026-01-01").status())
                .isEqualTo(400);
        assertThat(story.server()
                        .get("/reports/workload?colour=blue")
                        .json()
                        .path("code")
                        .asString())
                .isEqualTo("unknown-parameter");
    }
}
