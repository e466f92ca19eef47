package dev.recount.eventstore.read;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StreamFreshnessTest {

    @Test
    void a_state_is_current_until_its_stream_goes_on() {
        try (TestDatabase database = TestDatabase.fresh();
                EventStoreNode node = EventStoreNode.on(database.dataSource());
                EventStoreNode other = EventStoreNode.on(database.dataSource())) {
            StreamFreshness freshness = node.context().getBean(StreamFreshness.class);
            node.append("issue-1", 0, new IssueTouched(1, 1), new IssueTouched(1, 2));
            Map<String, Long> seen = Map.of("issue-1", 1L, "issue-2", -1L);
            assertThatCode(() -> freshness.requireCurrent(seen)).doesNotThrowAnyException();
            other.append("issue-2", 0, new IssueTouched(2, 1));
            assertThatThrownBy(() -> freshness.requireCurrent(seen))
                    .isInstanceOf(StaleAggregateException.class)
                    .hasMessage("The state of issue-2 at sequence -1 is behind the log");
            assertThatCode(() -> freshness.requireCurrent(Map.of("issue-1", 1L, "issue-2", 0L)))
                    .doesNotThrowAnyException();
            assertThatThrownBy(() -> freshness.requireCurrent(Map.of("issue-1", 0L)))
                    .isInstanceOf(StaleAggregateException.class);
        }
    }
}
