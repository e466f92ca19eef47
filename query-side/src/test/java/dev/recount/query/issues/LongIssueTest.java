package dev.recount.query.issues;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.testing.Thoroughness;
import dev.recount.query.Events;
import dev.recount.query.QueryServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;

/** Reading an issue with thousands of changes as of a moment is as fast as reading any other. */
class LongIssueTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final int EACH = Thoroughness.rounds(1_000, 10_000);

    @Test
    void it_is_told_at_any_point_within_milliseconds() {
        try (var database = TestDatabase.fresh();
                var server = QueryServer.on(database)) {
            fill(server);
            var random = new Random(7);
            Supplier<String> position = () -> "as_of=" + (1 + random.nextInt(4 * EACH));
            Supplier<String> time = () -> "as_of=" + NOON.plusSeconds(random.nextInt(4 * EACH));
            Supplier<String> version = () -> "version=" + (1 + random.nextInt(EACH));
            for (var moment : List.of(position, time, version)) {
                var took = new ArrayList<Duration>();
                for (var read = 0; read < 150; read++) {
                    var address = "/issues/1?" + moment.get();
                    var start = System.nanoTime();
                    assertThat(server.getText(address).statusCode()).isEqualTo(200);
                    took.add(Duration.ofNanos(System.nanoTime() - start));
                }
                var warm = took.subList(50, took.size()).stream().sorted().toList();
                System.out.printf(
                        "an issue of %d events by %s: %d ms at the median, %d ms at p95%n",
                        2 * EACH + 1,
                        moment.get(),
                        warm.get(50).toMillis(),
                        warm.get(95).toMillis());
                // Read event by event it would be hundreds.
                assertThat(warm.get(50)).isLessThan(Duration.ofMillis(100));
            }
        }
    }

    /** Between any two events of the issue there is one of something else. */
    private static void fill(QueryServer server) {
        server.append(Events.of(NOON, "issue-1", 0, new IssueCreated(1, "Long", "Text", OPEN, null, 1)));
        var append = new ArrayList<DomainEventMessage<?>>();
        for (var event = 1; event <= 2 * EACH; event++) {
            var at = NOON.plusSeconds(2L * event);
            var version = event / 2 + 1;
            append.addAll(Events.of(
                    at,
                    "issue-1",
                    event,
                    event % 2 == 1
                            ? new IssueCommented(1, event, 1, "admin", "Comment number " + event + " of a long issue")
                            : new IssueStatusChanged(
                                    1, version % 2 == 0 ? OPEN : CLOSED, version % 2 == 0 ? CLOSED : OPEN, version)));
            append.addAll(Events.of(at, "label-l" + event, 0, new LabelCreated(event, "l" + event)));
            if (append.size() >= 1_000) {
                server.append(append);
                append.clear();
            }
        }
        server.append(append);
    }
}
