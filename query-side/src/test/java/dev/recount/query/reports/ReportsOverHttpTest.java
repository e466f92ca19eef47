package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;
import static dev.recount.query.HttpAnswer.parse;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReportsOverHttpTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    private TestDatabase database;
    private QueryServer server;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        server = QueryServer.on(database);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void an_empty_installation_has_empty_reports() {
        assertThat(server.get("/reports/top-assignees").json()).isEqualTo(parse("[]"));
        assertThat(server.get("/reports/latency").json()).isEqualTo(parse("""
            {"average_resolution_time": null, "resolved_count": 0,
             "p50_seconds": null, "p90_seconds": null, "p95_seconds": null, "p99_seconds": null}
            """));
    }

    @Test
    void the_assignees_come_with_their_issues_the_most_first_and_then_by_id() {
        server.append(Events.issue(NOON, 1, OPEN, 12L));
        server.append(Events.issue(NOON, 2, RESOLVED, 3L));
        server.append(Events.issue(NOON, 3, CLOSED, 3L));
        server.append(Events.issue(NOON, 4, OPEN, null));
        server.append(Events.issue(NOON, 5, OPEN, 2L));
        var answer = server.get("/reports/top-assignees");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(parse("""
            [{"assignee": 3, "issue_count": 2}, {"assignee": 2, "issue_count": 1}, {"assignee": 12, "issue_count": 1}]
            """));
    }

    /**
     * Ten issues that took 1 h, 2 h, … 10 h and one that took 40.812 s: the mean is 198,040.812 s / 11 =
     * 18,003.710182 s. By the nearest rank the median is the 6th (5 h), p90 the 10th (9 h), p95 and p99 the 11th (10 h).
     */
    @Test
    void the_latency_is_told_in_seconds() {
        for (var issue = 1L; issue <= 10; issue++) {
            server.append(Events.issue(NOON, issue, OPEN, null));
            server.append(Events.of(
                    NOON.plus(Duration.ofHours(issue)),
                    "issue-" + issue,
                    1,
                    new IssueStatusChanged(issue, OPEN, RESOLVED, 2)));
        }
        server.append(Events.issue(NOON, 11, OPEN, null));
        server.append(Events.of(NOON.plusMillis(40_812), "issue-11", 1, new IssueStatusChanged(11, OPEN, CLOSED, 2)));
        server.append(Events.issue(NOON, 12, OPEN, null));
        var answer = server.get("/reports/latency");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json()).isEqualTo(parse("""
            {"average_resolution_time": "18003.710182", "resolved_count": 11,
             "p50_seconds": 18000.000000, "p90_seconds": 32400.000000,
             "p95_seconds": 36000.000000, "p99_seconds": 36000.000000}
            """));
    }

    @Test
    void a_change_is_counted_as_soon_as_it_is_in_the_log() {
        server.append(Events.issue(NOON, 1, OPEN, 1L));
        for (var round = 0; round < 20; round++) {
            var from = round % 2 == 0 ? OPEN : CLOSED;
            var to = round % 2 == 0 ? CLOSED : OPEN;
            var version = round + 2;
            server.append(Events.of(
                    NOON.plusSeconds(round),
                    "issue-1",
                    1 + 2 * round,
                    new IssueStatusChanged(1, from, to, version),
                    new IssueAssigned(1, 1L + round, 2L + round, version)));
            assertThat(server.get("/reports/latency")
                            .json()
                            .get("resolved_count")
                            .asInt())
                    .isEqualTo(1 - round % 2);
            assertThat(server.get("/reports/top-assignees").json())
                    .isEqualTo(parse("[{\"assignee\": %d, \"issue_count\": 1}]".formatted(2 + round)));
        }
    }

    @Test
    void the_format_is_negotiated() {
        var csv = server.getText("/reports/throughput", "Accept", "text/csv");
        assertThat(csv.body()).startsWith("from,to,resolved\r\n");
        assertThat(csv.headers().firstValue("Vary")).contains("Accept");
        var json = server.getText("/reports/throughput");
        assertThat(json.body()).startsWith("{\"from\":\"");
        assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json.headers().firstValue("Vary")).contains("Accept");
        var neither = server.get("/reports/throughput", "Accept", "text/html");
        assertThat(neither.status()).isEqualTo(406);
        assertThat(neither.code()).isEqualTo("not-acceptable");
        assertThat(neither.header("Content-Type")).startsWith("application/problem+json");
        assertThat(server.send("DELETE", "/reports/throughput").code()).isEqualTo("method-not-allowed");
        assertThat(server.send("HEAD", "/reports/throughput").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/reports/top-assignees", "/reports/latency"})
    void another_address_method_or_media_type_is_refused_with_a_problem(String report) {
        assertThat(server.get(report, "Accept", "text/html").status()).isEqualTo(406);
        assertThat(server.get(report, "Accept", "text/html").code()).isEqualTo("not-acceptable");
        assertThat(server.send("DELETE", report).code()).isEqualTo("method-not-allowed");
        assertThat(server.get(report + "/").code()).isEqualTo("not-found");
        assertThat(server.get("/reports/top").code()).isEqualTo("not-found");
        assertThat(server.get(report + "?unknown=1").code()).isEqualTo("unknown-parameter");
    }
}
