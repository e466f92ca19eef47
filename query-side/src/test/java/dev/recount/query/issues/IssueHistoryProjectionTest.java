package dev.recount.query.issues;

import static dev.recount.query.issues.IssueHistoryProjection.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.query.projection.ProjectionSpec;
import dev.recount.query.timetravel.AsOf;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IssueHistoryProjectionTest {

    @RegisterExtension
    final ProjectionSpec spec = ProjectionSpec.of(NAME, IssueHistoryProjection.class, IssueListProjection.class);

    private void await() {
        spec.await();
        spec.node().barrier().await(IssueListProjection.NAME);
    }

    @Test
    void each_change_of_a_random_history_is_a_state() {
        var history = new RandomHistory(spec.node(), 815);
        for (var round = 0; round < 10; round++) {
            history.write(100);
            await();
        }
        assertThat(spec.rows().get("issue_state")).hasSizeGreaterThan(history.issues());
    }

    /** The list of the present, read after each change, against the list as of that change, read at the end. */
    @Test
    void the_list_as_of_a_position_is_the_list_that_was_read_then() {
        var history = new RandomHistory(spec.node(), 816);
        var then = new TreeMap<Long, List<IssueList.Slice>>();
        var present = new IssueList(
                spec.database().dataSource(), new PageStart(spec.database().dataSource()));
        while (then.size() < 250) {
            history.write(1);
            await();
            then.put(spec.node().log().log().head(), slices(filter -> present.slice(filter, 3, 20)));
        }
        var past = new PastIssueList(spec.database().dataSource());
        then.forEach((position, slices) -> {
            var moment = new AsOf(position, Instant.now().plusSeconds(60), true);
            assertThat(slices(filter -> past.slice(moment, filter, 3, 20)))
                    .as("position %d", position)
                    .isEqualTo(slices);
        });
    }

    /** Every combination of no filter and one or two values of each. */
    private static List<IssueList.Slice> slices(Function<IssueFilter, IssueList.Slice> list) {
        var slices = new ArrayList<IssueList.Slice>();
        for (var status : List.of(Optional.<IssueStatus>empty(), Optional.of(IssueStatus.OPEN))) {
            for (var assignee : List.of(OptionalLong.empty(), OptionalLong.of(2))) {
                for (var priority : List.of(
                        Optional.<IssuePriority>empty(),
                        Optional.of(IssuePriority.NONE),
                        Optional.of(IssuePriority.HIGH))) {
                    slices.add(list.apply(new IssueFilter(status, assignee, priority)));
                }
            }
        }
        return slices;
    }

    @Test
    void an_event_of_an_issue_that_was_never_created_is_parked() {
        spec.given("issue-1", 0, new IssueTouched(1, 2));
        assertThat(spec.refusals()).singleElement().asString().contains("never created");
    }
}
