package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.query.reports.AssigneeCountProjection.NAME;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.query.RandomTracker;
import dev.recount.query.projection.ProjectionSpec;
import dev.recount.query.reports.TopAssigneesReport.Row;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AssigneeCountProjectionTest {

    @RegisterExtension
    final ProjectionSpec spec = ProjectionSpec.of(NAME, AssigneeCountProjection.class);

    private void create(long id, Long assignee) {
        spec.given("issue-" + id, 0, new IssueCreated(id, "Fix it", "now", OPEN, assignee, 1));
    }

    private List<Row> report() {
        spec.await();
        return new TopAssigneesReport(spec.database().dataSource()).read();
    }

    @Test
    void users_come_by_the_number_of_their_issues_and_then_by_id() {
        create(1, 30L);
        create(2, 20L);
        create(3, null);
        create(4, 10L);
        create(5, 30L);
        create(6, 30L);
        create(7, 4L);
        create(8, 4L);
        assertThat(report()).containsExactly(new Row(30, 3), new Row(4, 2), new Row(10, 1), new Row(20, 1));
    }

    @Test
    void an_issue_moves_with_whom_it_is_assigned_to() {
        create(1, 2L);
        create(2, 2L);
        assertThat(report()).containsExactly(new Row(2, 2));
        spec.given("issue-1", 1, new IssueAssigned(1, 2L, 3L, 2));
        assertThat(report()).containsExactly(new Row(2, 1), new Row(3, 1));
        spec.given("issue-2", 1, new IssueAssigned(2, 2L, null, 2));
        assertThat(report()).containsExactly(new Row(3, 1));
        spec.given("issue-2", 2, new IssueAssigned(2, null, 3L, 3));
        assertThat(report()).containsExactly(new Row(3, 2));
    }

    @Test
    void an_issue_counts_in_whatever_status_and_whatever_is_said_of_it() {
        create(1, 2L);
        spec.given(
                "issue-1", 1, new IssueStatusChanged(1, OPEN, CLOSED, 2), new IssueCommented(1, 5, 3, "grace", "Done"));
        assertThat(report()).containsExactly(new Row(2, 1));
    }

    @Test
    void an_issue_that_went_round_in_one_append_counts_where_it_ended() {
        create(1, 2L);
        spec.given(
                "issue-1",
                1,
                new IssueAssigned(1, 2L, 3L, 2),
                new IssueAssigned(1, 3L, null, 3),
                new IssueAssigned(1, null, 2L, 4));
        spec.given(
                "issue-2",
                0,
                new IssueCreated(2, "Fix it", "now", OPEN, 3L, 1),
                new IssueAssigned(2, 3L, 4L, 2),
                new IssueAssigned(2, 4L, 5L, 3));
        assertThat(report()).containsExactly(new Row(2, 1), new Row(5, 1));
    }

    @Test
    void without_an_issue_that_somebody_has_the_report_is_empty() {
        assertThat(report()).isEmpty();
        create(1, null);
        assertThat(report()).isEmpty();
    }

    @Test
    void an_issue_that_is_withdrawn_counts_for_nobody() {
        create(1, 2L);
        create(2, 2L);
        spec.given("issue-1", 1, new IssueAssigned(1, 2L, 3L, 2));
        assertThat(report()).containsExactly(new Row(2, 1), new Row(3, 1));
        spec.given("issue-1", 2, new IssueWithdrawn(1, 3));
        assertThat(report()).containsExactly(new Row(2, 1));
        spec.given("issue-3", 0, new IssueCreated(3, "Fix it", "now", OPEN, 3L, 1), new IssueWithdrawn(3, 2));
        assertThat(report()).containsExactly(new Row(2, 1));
        assertThat(spec.node().rows(NAME).get("assignee_count_issue"))
                .singleElement()
                .isEqualTo("(2,2,0)");
    }

    @Test
    void an_issue_that_was_never_created_is_parked() {
        spec.given("issue-1", 1, new IssueAssigned(1, null, 2L, 2));
        assertThat(spec.refusals()).singleElement().asString().contains("never created");
    }

    /** Live the batches are small, in a recount they are large: how the log is cut must not show. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_random_history_is_counted_right(long seed) {
        var tracker = new RandomTracker(seed, spec.node().log().store()::publish);
        for (var round = 0; round < 10; round++) {
            tracker.act(50);
            assertThat(report()).as("round %d", round).isEqualTo(expected(tracker));
        }
    }

    private static List<Row> expected(RandomTracker tracker) {
        return tracker.issues().stream()
                .map(RandomTracker.Issue::assignee)
                .filter(Objects::nonNull)
                .collect(groupingBy(assignee -> assignee, counting()))
                .entrySet()
                .stream()
                .map(count -> new Row(count.getKey(), count.getValue()))
                .sorted(Comparator.comparingLong(Row::issueCount).reversed().thenComparingLong(Row::assignee))
                .toList();
    }
}
