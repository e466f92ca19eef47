package dev.recount.command.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.imports.ImportServer.Answer;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Checks that a row has the same outcome as a body of {@code POST /issues} with the same values. */
class SameRulesTest {

    private static final List<String> TITLES = List.of(
            "",
            " ",
            "\u00a0\u2003",
            "A",
            " A\t",
            "\u2003A\u00a0",
            "x".repeat(255),
            "x".repeat(256),
            " " + "x".repeat(255),
            "\ud83d\ude00".repeat(255),
            "\ud83d\ude00".repeat(256),
            "N\u0000L",
            "\"",
            ",",
            "a\nb");
    private static final List<String> DESCRIPTIONS =
            List.of("", " ", " kept \r\n", "x".repeat(10_000), "\u0000", "\u4f60\u597d", "\ud83d\ude00", "\"\"");
    private static final List<String> STATUSES =
            List.of("open", "in_progress", "resolved", "closed", "done", "OPEN", "0", "\u0000");
    private static final List<String> PRIORITIES =
            List.of("none", "low", "medium", "high", "urgent", "URGENT", "highest", "\u0000");
    private static final List<Long> ASSIGNEES = List.of(1L, 2L, 0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE);

    @Test
    void a_row_fares_as_a_body_with_the_same_values() {
        Random random = new Random(20260301);
        List<Map<String, Object>> issues =
                Stream.generate(() -> issue(random)).limit(400).toList();
        try (TestDatabase database = TestDatabase.fresh();
                ImportServer server = ImportServer.on(database.dataSource(), Map.of())) {
            long head = server.log().head();
            Answer answer = server.send("assignee,status,description,title,priority\n"
                    + issues.stream().map(SameRulesTest::row).collect(Collectors.joining()));
            List<String> imported = outcomes(answer, created(server, head));

            List<String> posted = new ArrayList<>();
            for (Map<String, Object> issue : issues) {
                head = server.log().head();
                Answer one = server.postJson("/issues", JsonMapper.shared().writeValueAsString(issue));
                posted.add(
                        one.status() == 201
                                ? created(server, head).getFirst()
                                : inOrder(one.body().path("errors")));
            }
            assertThat(imported).isEqualTo(posted).anyMatch(one -> one.startsWith("IssueCreated"));
        }
    }

    private static Map<String, Object> issue(Random random) {
        Map<String, Object> issue = new LinkedHashMap<>();
        issue.put("title", any(TITLES, random));
        issue.put("description", any(DESCRIPTIONS, random));
        if (random.nextInt(3) > 0) {
            issue.put("status", any(STATUSES.subList(0, random.nextInt(4) + 5), random));
        }
        if (random.nextInt(3) > 0) {
            issue.put("priority", any(PRIORITIES.subList(0, random.nextInt(3) + 5), random));
        }
        if (random.nextInt(3) > 0) {
            issue.put("assignee", random.nextBoolean() ? 1L : any(ASSIGNEES, random));
        }
        return issue;
    }

    private static <T> T any(List<T> values, Random random) {
        return values.get(random.nextInt(values.size()));
    }

    private static String row(Map<String, Object> issue) {
        return Stream.of("assignee", "status", "description", "title", "priority")
                .map(field -> issue.getOrDefault(field, "").toString())
                .map(value -> '"' + value.replace("\"", "\"\"") + '"')
                .collect(Collectors.joining(",", "", "\n"));
    }

    /** The outcome of each row: the event without its id, or the errors. */
    private static List<String> outcomes(Answer answer, List<String> created) {
        Map<Long, String> refused = new LinkedHashMap<>();
        answer.body()
                .path("errors")
                .values()
                .forEach(error -> refused.put(error.path("row").asLong(), inOrder(error.path("errors"))));
        List<String> outcomes = new ArrayList<>();
        int next = 0;
        for (long row = 1; row <= answer.body().path("total_rows").asLong(); row++) {
            outcomes.add(refused.containsKey(row) ? refused.get(row) : created.get(next++));
        }
        return outcomes;
    }

    private static List<String> created(ImportServer server, long head) {
        return server.eventsAfter(head).stream()
                .map(message -> (IssueCreated) message.getPayload())
                .map(issue -> new IssueCreated(
                        0, issue.title(), issue.description(), issue.status(), issue.assignee(), issue.version()))
                .map(IssueCreated::toString)
                .toList();
    }

    private static String inOrder(JsonNode errors) {
        return errors.properties().stream()
                .map(Object::toString)
                .sorted()
                .toList()
                .toString();
    }
}
