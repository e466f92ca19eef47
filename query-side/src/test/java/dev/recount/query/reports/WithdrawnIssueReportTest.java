package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.daemon.QueryNode;
import dev.recount.query.projection.Projection;
import dev.recount.query.rebuild.AllProjections;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** No report keeps anything of an issue that was withdrawn. */
class WithdrawnIssueReportTest {

    static Stream<Projection> reports() {
        return AllProjections.list().stream().filter(IssueReportProjection.class::isInstance);
    }

    @ParameterizedTest
    @MethodSource("reports")
    void what_is_withdrawn_was_never_counted(Projection report) {
        try (var database = TestDatabase.fresh();
                var node = QueryNode.on(database.dataSource(), report.getClass())) {
            node.append("issue-1", 0, new IssueCreated(1, "Crash", "", OPEN, 2L, 1));
            node.append("issue-1", 1, new IssueStatusChanged(1, OPEN, IN_PROGRESS, 2));
            node.barrier().await(report.name());
            var before = node.rows(report.name());
            node.append("issue-2", 0, new IssueCreated(2, "Crash", "", OPEN, 2L, 1));
            node.append("issue-2", 1, new IssueStatusChanged(2, OPEN, IN_PROGRESS, 2));
            node.barrier().await(report.name());
            node.append(
                    "issue-2", 2, new IssueAssigned(2, 2L, 3L, 3), new IssueStatusChanged(2, IN_PROGRESS, CLOSED, 3));
            node.append("issue-2", 4, new IssueStatusChanged(2, CLOSED, OPEN, 4));
            node.barrier().await(report.name());
            assertThat(node.rows(report.name())).isNotEqualTo(before);
            node.append("issue-2", 5, new IssueWithdrawn(2, 5));
            node.barrier().await(report.name());
            assertThat(node.rows(report.name())).isEqualTo(before);
            node.recount(report.name());
            assertThat(node.rows(report.name())).isEqualTo(before);
        }
    }

    /** The second creation is refused and gone without; so it must not be taken away either. */
    @ParameterizedTest
    @MethodSource("reports")
    void what_it_goes_without_is_not_deducted(Projection report) {
        try (var database = TestDatabase.fresh();
                var node = QueryNode.on(database.dataSource(), report.getClass())) {
            node.append("issue-1", 0, new IssueCreated(1, "Crash", "", OPEN, 2L, 1));
            node.append("issue-1", 1, new IssueCreated(1, "Crash", "", IN_PROGRESS, 3L, 1));
            node.append("issue-1", 2, new IssueStatusChanged(1, OPEN, CLOSED, 2));
            node.append("issue-1", 3, new IssueWithdrawn(1, 3));
            node.barrier().await(report.name());
            assertThat(node.rows(report.name()).values()).anyMatch(rows -> !rows.isEmpty());
            node.deadLetters().discard(report.name(), 2, "twice", null);
            assertThat(node.rows(report.name()).values()).allMatch(List::isEmpty);
            node.recount(report.name());
            assertThat(node.rows(report.name()).values()).allMatch(List::isEmpty);
        }
    }

    @Test
    void as_of_before_the_withdrawal_every_report_tells_it_as_it_did_then() {
        // All on the day on which it is asked, or reports would differ by what they take for today.
        try (var story = new ReportStory()) {
            story.created("2026-02-15T01:00:00Z", 1, OPEN, 1L)
                    .created("2026-02-15T02:00:00Z", 2, OPEN, 2L)
                    .labelled("2026-02-15T03:00:00Z", 2, "bug")
                    .becomes("2026-02-15T04:00:00Z", 2, IN_PROGRESS)
                    .becomes("2026-02-15T05:00:00Z", 2, CLOSED);
            var addresses = StreamSupport.stream(
                            story.server().get("/reports").json().spliterator(), false)
                    .map(report -> report.get("path").asString())
                    .toList();
            var then = JdbcClient.create(story.database().dataSource())
                    .sql("SELECT max(position) FROM event_log")
                    .query(Long.class)
                    .single();
            var told = addresses.stream().collect(toMap(identity(), story.server()::get));
            story.withdrawn("2026-02-15T06:00:00Z", 2);
            var toldOtherwise = 0;
            for (var address : addresses) {
                var past = story.server().get(address + "?as_of=" + then);
                assertThat(past.status()).as(address).isEqualTo(200);
                assertThat(past.json().get("rows"))
                        .as(address)
                        .isEqualTo(told.get(address).json().get("rows"));
                toldOtherwise += story.server()
                                .get(address)
                                .json()
                                .equals(told.get(address).json())
                        ? 0
                        : 1;
            }
            assertThat(toldOtherwise).isGreaterThan(5);
        }
    }
}
