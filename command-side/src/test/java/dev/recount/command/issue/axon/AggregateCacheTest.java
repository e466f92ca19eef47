package dev.recount.command.issue.axon;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.testing.Node;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.Map;
import java.util.stream.LongStream;
import org.axonframework.common.Registration;
import org.axonframework.eventsourcing.EventSourcedAggregate;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AggregateCacheTest {

    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.fresh();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void an_issue_stays_cached_after_it_was_written_and_after_a_refusal() {
        try (Node node = Node.on(database.dataSource())) {
            node.done(new CreateIssue(7, "Crash", "", OPEN, null));
            EventSourcedAggregate<IssueAggregate> cached = peek(node, 7);
            assertThat(cached).isNotNull();
            node.done(retitle("Freeze", 1));
            node.tell(retitle("Freeze", 99));
            assertThat(peek(node, 7)).isSameAs(cached);
        }
    }

    @Test
    void its_size_is_bounded_by_what_the_issues_hold() {
        try (Node node = Node.on(database.dataSource(), Map.of("recount.aggregate-cache-weight", 100_000))) {
            for (long id = 1; id <= 40; id++) {
                node.done(new CreateIssue(id, "Issue " + id, "x".repeat(10_000), OPEN, null));
            }
            node.bean(AggregateCache.class).settle();
            assertThat(LongStream.rangeClosed(1, 40).filter(id -> peek(node, id) != null))
                    .hasSizeBetween(1, 9);
        }
    }

    @Test
    void an_issue_whose_append_fails_in_whatever_way_does_not_stay_cached() {
        try (Node node = Node.on(database.dataSource())) {
            node.done(new CreateIssue(7, "Crash", "", OPEN, null));
            for (Throwable failure :
                    new Throwable[] {new IllegalStateException("bug"), new StackOverflowError("deep")}) {
                Registration failing =
                        node.bean(EventStore.class).registerDispatchInterceptor(events -> sneakyThrow(failure));
                assertThatThrownBy(() -> node.tell(retitle("Never", 1))).isSameAs(failure);
                failing.cancel();
                assertThat(peek(node, 7)).isNull();
                IssueOutcome next = node.tell(retitle("Never", 2));
                assertThat(next).isInstanceOf(IssueOutcome.Refused.class);
            }
            assertThat(node.done(retitle("Freeze", 1)).version()).isEqualTo(2);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T, X extends Throwable> T sneakyThrow(Throwable failure) throws X {
        throw (X) failure;
    }

    private static EditIssue retitle(String title, long version) {
        return new EditIssue(7, title, null, null, null, version, IfMatch.ANY);
    }

    private static EventSourcedAggregate<IssueAggregate> peek(Node node, long issueId) {
        AggregateCache cache = node.bean(AggregateCache.class);
        EventSourcedAggregate<IssueAggregate> issue = cache.take("issue-" + issueId);
        if (issue != null) {
            cache.put("issue-" + issueId, issue);
        }
        return issue;
    }
}
