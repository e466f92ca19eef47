package dev.recount.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.testing.TestDatabase;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Everything that can be read, asked for over HTTP right after random changes, is what the tracker remembers. */
class RandomHistoryTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    @ParameterizedTest
    @ValueSource(longs = {41, 42})
    void timelines_and_reports_agree_with_what_happened(long seed) {
        try (var database = TestDatabase.fresh();
                var server = QueryServer.on(database)) {
            server.append(Events.user(Instant.parse("2026-01-09T11:00:00Z"), 2, "user2"));
            var tracker = new RandomTracker(seed, server::append);
            for (var round = 0; round < 5; round++) {
                tracker.act(50);
                assertThat(server.get("/reports/top-assignees").json()).isEqualTo(json(topAssignees(tracker)));
                assertLatency(server.get("/reports/latency").json(), tracker);
                for (var issue : tracker.issues()) {
                    assertThat(server.get("/issues/%d/timeline".formatted(issue.id()))
                                    .json())
                            .isEqualTo(json(issue.timeline()));
                }
                for (var issue : tracker.withdrawn()) {
                    for (var path : List.of("/issues/%d", "/issues/%d/timeline")) {
                        var answer = server.get(path.formatted(issue));
                        assertThat(answer.status()).isEqualTo(404);
                        assertThat(answer.json().get("code").asString()).isEqualTo("issue-withdrawn");
                    }
                }
                assertThat(server.get("/issues").json().get("count").asInt())
                        .isEqualTo(tracker.issues().size());
                assertFiltersAgree(server, tracker);
            }
        }
    }

    /** Each priority, also none, with and without each status and one of the assignees. */
    private static void assertFiltersAgree(QueryServer server, RandomTracker tracker) {
        for (var priority : IssuePriority.values()) {
            for (var status : IssueStatus.values()) {
                var query = "/issues?page_size=50&priority=" + priority.wireName();
                assertList(server, query, tracker, issue -> issue.priority() == priority);
                assertList(
                        server,
                        query + "&status=" + status.wireName(),
                        tracker,
                        issue -> issue.priority() == priority && issue.status() == status);
                assertList(
                        server,
                        query + "&assignee=2",
                        tracker,
                        issue -> issue.priority() == priority && Objects.equals(issue.assignee(), 2L));
                assertList(
                        server,
                        query + "&assignee=2&status=" + status.wireName(),
                        tracker,
                        issue -> issue.priority() == priority
                                && issue.status() == status
                                && Objects.equals(issue.assignee(), 2L));
            }
        }
    }

    private static void assertList(
            QueryServer server, String address, RandomTracker tracker, Predicate<RandomTracker.Issue> filter) {
        var expected = tracker.issues().stream()
                .filter(filter)
                .map(RandomTracker.Issue::id)
                .toList();
        var answer = server.get(address);
        assertThat(answer.json().get("count").asInt()).as(address).isEqualTo(expected.size());
        if (expected.size() <= 50) {
            assertThat(answer.ids()).as(address).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    private static List<Map<String, Long>> topAssignees(RandomTracker tracker) {
        var counts = new HashMap<Long, Long>();
        for (var issue : tracker.issues()) {
            if (issue.assignee() != null) {
                counts.merge(issue.assignee(), 1L, Long::sum);
            }
        }
        return counts.entrySet().stream()
                .sorted(Map.Entry.<Long, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .map(count -> Map.of("assignee", count.getKey(), "issue_count", count.getValue()))
                .toList();
    }

    private static void assertLatency(JsonNode latency, RandomTracker tracker) {
        var micros = tracker.issues().stream()
                .map(RandomTracker.Issue::resolutionMicros)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        assertThat(latency.get("resolved_count").asInt()).isEqualTo(micros.length);
        if (micros.length > 0) {
            var average = Arrays.stream(micros).average().orElseThrow() / 1e6;
            assertThat(Double.parseDouble(latency.get("average_resolution_time").asString()))
                    .isCloseTo(average, offset(average * 1e-9 + 1e-6));
            var median = micros[(micros.length + 1) / 2 - 1] / 1e6;
            assertThat(latency.get("p50_seconds").asDouble()).isCloseTo(median, offset(median / 100));
        }
    }

    private static JsonNode json(Object value) {
        return HttpAnswer.parse(JSON.writeValueAsString(value));
    }
}
