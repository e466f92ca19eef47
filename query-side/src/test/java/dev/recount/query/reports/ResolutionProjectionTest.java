package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;
import static dev.recount.query.reports.ResolutionProjection.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueStatus;
import dev.recount.query.Events;
import dev.recount.query.RandomTracker;
import dev.recount.query.projection.ProjectionSpec;
import dev.recount.query.reports.LatencyReport.Latency;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolutionProjectionTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    @RegisterExtension
    final ProjectionSpec spec = ProjectionSpec.of(NAME, ResolutionProjection.class);

    private void append(Instant at, long issue, long fromSequence, Object... events) {
        spec.node().log().store().publish(Events.of(at, "issue-" + issue, fromSequence, events));
    }

    private void create(Instant at, long issue, IssueStatus status) {
        append(at, issue, 0, new IssueCreated(issue, "Fix it", "now", status, null, 1));
    }

    private static Instant hour(int hour) {
        return NOON.plus(Duration.ofHours(hour));
    }

    private Latency report() {
        spec.await();
        return new LatencyReport(spec.database().dataSource()).read();
    }

    /** The report over issues that all took equally long. */
    private static Latency all(int issues, String seconds) {
        var time = new BigDecimal(seconds);
        return new Latency(seconds, issues, time, time, time, time);
    }

    private static final Latency NONE = new Latency(null, 0, null, null, null, null);

    @Test
    void without_a_resolved_issue_there_is_no_time() {
        assertThat(report()).isEqualTo(NONE);
        create(NOON, 1, OPEN);
        create(NOON, 2, IN_PROGRESS);
        append(hour(1), 1, 1, new IssueStatusChanged(1, OPEN, IN_PROGRESS, 2));
        assertThat(report()).isEqualTo(NONE);
    }

    @Test
    void an_issue_took_from_its_creation_until_it_was_resolved() {
        create(NOON, 1, OPEN);
        append(hour(1), 1, 1, new IssueStatusChanged(1, OPEN, IN_PROGRESS, 2));
        append(hour(3), 1, 2, new IssueStatusChanged(1, IN_PROGRESS, RESOLVED, 3));
        assertThat(report()).isEqualTo(all(1, "10800.000000"));
    }

    @Test
    void to_close_an_issue_resolves_it_too() {
        create(NOON, 1, OPEN);
        append(hour(2), 1, 1, new IssueStatusChanged(1, OPEN, CLOSED, 2));
        assertThat(report()).isEqualTo(all(1, "7200.000000"));
    }

    @Test
    void a_later_close_or_edit_of_a_resolved_issue_moves_nothing() {
        create(NOON, 1, OPEN);
        append(hour(1), 1, 1, new IssueStatusChanged(1, OPEN, RESOLVED, 2));
        append(hour(2), 1, 2, new IssueStatusChanged(1, RESOLVED, CLOSED, 3));
        append(hour(3), 1, 3, new IssueRetitled(1, "Fix it", "Mend it", 4), new IssueAssigned(1, null, 2L, 4));
        append(hour(4), 1, 5, new IssueTouched(1, 5), new IssueCommented(1, 1, 2, "ada", "Well done"));
        append(hour(5), 1, 7, new IssueStatusChanged(1, CLOSED, RESOLVED, 6));
        assertThat(report()).isEqualTo(all(1, "3600.000000"));
    }

    @Test
    void a_reopened_issue_has_no_time_until_it_is_resolved_again() {
        create(NOON, 1, OPEN);
        append(hour(1), 1, 1, new IssueStatusChanged(1, OPEN, RESOLVED, 2));
        assertThat(report()).isEqualTo(all(1, "3600.000000"));
        append(hour(2), 1, 2, new IssueStatusChanged(1, RESOLVED, OPEN, 3));
        assertThat(report()).isEqualTo(NONE);
        append(hour(6), 1, 3, new IssueStatusChanged(1, OPEN, CLOSED, 4));
        assertThat(report()).isEqualTo(all(1, "21600.000000"));
    }

    @Test
    void an_issue_that_was_reopened_and_resolved_in_one_append_was_resolved_anew() {
        create(NOON, 1, OPEN);
        append(hour(1), 1, 1, new IssueStatusChanged(1, OPEN, RESOLVED, 2));
        append(
                hour(2),
                1,
                2,
                new IssueStatusChanged(1, RESOLVED, IN_PROGRESS, 3),
                new IssueStatusChanged(1, IN_PROGRESS, RESOLVED, 4));
        assertThat(report()).isEqualTo(all(1, "7200.000000"));
    }

    @Test
    void an_issue_that_came_as_resolved_or_closed_took_no_time() {
        create(NOON, 1, RESOLVED);
        create(NOON, 2, CLOSED);
        append(hour(1), 2, 1, new IssueStatusChanged(2, CLOSED, RESOLVED, 2));
        assertThat(report()).isEqualTo(all(2, "0.000000"));
        append(hour(2), 1, 1, new IssueStatusChanged(1, RESOLVED, OPEN, 2));
        append(hour(3), 1, 2, new IssueStatusChanged(1, OPEN, RESOLVED, 3));
        assertThat(report().averageResolutionTime()).as("(0 s + 3 h) / 2").isEqualTo("5400.000000");
    }

    @Test
    void issues_that_are_resolved_by_one_append_each_have_their_own_time() {
        create(NOON, 1, OPEN);
        create(hour(1), 2, OPEN);
        create(hour(1), 3, RESOLVED);
        var bulk = new ArrayList<DomainEventMessage<?>>();
        bulk.addAll(Events.of(hour(4), "issue-1", 1, new IssueStatusChanged(1, OPEN, RESOLVED, 2)));
        bulk.addAll(Events.of(hour(4), "issue-2", 1, new IssueStatusChanged(2, OPEN, RESOLVED, 2)));
        bulk.addAll(Events.of(hour(4), "issue-3", 1, new IssueTouched(3, 2)));
        spec.node().log().store().publish(bulk);
        // (4 h + 3 h + 0 h) / 3 = 25,200 s / 3
        assertThat(report().averageResolutionTime()).isEqualTo("8400.000000");
        assertThat(report().resolvedCount()).isEqualTo(3);
    }

    /**
     * Issues that took 3,600 s, 7,200 s and 1.000001 s: the mean is 10,801.000001 / 3 = 3,600.333333667 s; by the
     * nearest rank the median is the second of the three and every higher percentile is the third.
     */
    @Test
    void a_worked_example() {
        create(NOON, 1, OPEN);
        create(NOON, 2, OPEN);
        create(NOON, 3, OPEN);
        append(hour(1), 1, 1, new IssueStatusChanged(1, OPEN, RESOLVED, 2));
        append(hour(2), 2, 1, new IssueStatusChanged(2, OPEN, CLOSED, 2));
        append(NOON.plusNanos(1_000_001_000), 3, 1, new IssueStatusChanged(3, OPEN, RESOLVED, 2));
        var third = new BigDecimal("7200.000000");
        assertThat(report())
                .isEqualTo(new Latency("3600.333334", 3, new BigDecimal("3600.000000"), third, third, third));
    }

    @Test
    void a_resolution_before_the_creation_by_another_clock_took_no_time() {
        create(NOON, 1, OPEN);
        append(NOON.minusMillis(3), 1, 1, new IssueStatusChanged(1, OPEN, RESOLVED, 2));
        assertThat(report()).isEqualTo(all(1, "0.000000"));
        append(hour(1), 1, 2, new IssueStatusChanged(1, RESOLVED, OPEN, 3));
        assertThat(report()).isEqualTo(NONE);
    }

    @Test
    void sums_of_very_long_times_stay_exact() {
        var ages = Instant.parse("0001-01-01T00:00:00.000001Z");
        var end = Instant.parse("9999-12-31T23:59:59.999999Z");
        for (var issue = 1; issue <= 60; issue++) {
            create(ages, issue, OPEN);
            append(end, issue, 1, new IssueStatusChanged(issue, OPEN, RESOLVED, 2));
        }
        // The sum in microseconds does not fit a long; 3,652,059 days less two microseconds.
        assertThat(report()).isEqualTo(all(60, "315537897599.999998"));
    }

    @Test
    void an_issue_that_was_never_created_is_parked() {
        append(NOON, 1, 0, new IssueStatusChanged(1, OPEN, RESOLVED, 2));
        assertThat(spec.refusals()).singleElement().asString().contains("never created");
    }

    /** Live the batches are small, in a recount they are large: how the log is cut must not show. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_random_history_is_timed_right(long seed) {
        var tracker = new RandomTracker(seed, spec.node().log().store()::publish);
        for (var round = 0; round < 10; round++) {
            tracker.act(50);
            assertTimedRight(tracker, report());
        }
    }

    private static void assertTimedRight(RandomTracker tracker, Latency report) {
        var times = tracker.issues().stream()
                .map(RandomTracker.Issue::resolutionMicros)
                .filter(Objects::nonNull)
                .sorted()
                .toList();
        assertThat(report.resolvedCount()).isEqualTo(times.size());
        assertThat(report.averageResolutionTime()).isEqualTo(ExactTimes.averageSeconds(times));
        assertThat(report.p50Seconds()).satisfies(ExactTimes.percentile(times, 50));
        assertThat(report.p90Seconds()).satisfies(ExactTimes.percentile(times, 90));
        assertThat(report.p95Seconds()).satisfies(ExactTimes.percentile(times, 95));
        assertThat(report.p99Seconds()).satisfies(ExactTimes.percentile(times, 99));
    }
}
