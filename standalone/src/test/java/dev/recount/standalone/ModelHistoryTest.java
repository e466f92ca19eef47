package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.standalone.Client.Answer;
import dev.recount.standalone.TrackerModel.Issue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compares Recount over HTTP with an in-memory model, through the same 2,000 commands. */
class ModelHistoryTest {

    private static final long SEED = 20260109;
    private static final int COMMANDS = 2_000;
    private static final int ISSUES = 50;
    private static final List<String> STATUSES = List.of("open", "in_progress", "resolved", "closed");
    private static final List<String> LABELS = List.of("bug", "night", "ui", "slow", "doc");
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Random random = new Random(SEED);
    private final TrackerModel model = new TrackerModel();
    private final Map<Long, String> users = new LinkedHashMap<>(Map.of(1L, "admin"));
    private final Map<String, Long> labelIds = new HashMap<>();

    @Test
    void everything_that_can_be_read_equals_the_model_after_every_100_commands() {
        try (Recount recount = Recount.start()) {
            Client client = recount.client();
            for (String username : List.of("ada", "grace")) {
                users.put(
                        client.post("/users", Map.of("username", username))
                                .expect(201)
                                .id(),
                        username);
            }
            for (int command = 1; command <= COMMANDS; command++) {
                carryOut(client);
                if (command % 100 == 0) {
                    compare(client, "after command " + command);
                }
            }
        }
    }

    private void carryOut(Client client) {
        int kind = model.issues.isEmpty() ? 0 : random.nextInt(20);
        if (kind <= 1 && model.issues.size() < ISSUES) {
            create(client);
        } else if (kind == 2 && model.issues.size() < ISSUES - 3) {
            importSome(client);
        } else if (kind <= 10) {
            edit(client, anyIssue());
        } else if (kind <= 13) {
            comment(client, anyIssue());
        } else if (kind <= 16) {
            label(client, anyIssue());
        } else if (kind <= 18) {
            changeMany(client);
        } else {
            beRefused(client, anyIssue());
        }
    }

    private void create(Client client) {
        Map<String, Object> body = new HashMap<>(Map.of("title", "Issue " + random.nextInt(1_000)));
        body.put("status", any(STATUSES));
        body.put("assignee", anyAssignee());
        created(client.post("/issues", body).expect(201).body(), List.of());
    }

    private void created(JsonNode issue, List<String> labels) {
        long id = issue.path("id").asLong();
        Issue created = new Issue(
                id,
                issue.path("title").asString(),
                issue.path("description").asString(),
                issue.path("status").asString(),
                issue.path("assignee").isNull() ? null : issue.path("assignee").asLong(),
                Instant.parse(issue.path("created_at").asString()),
                labels);
        assertThat(model.issues.put(id, created)).isNull();
    }

    /** Three rows, the second of which is refused. */
    private void importSome(Client client) {
        List<String> labels = someLabels();
        Answer answer = client.importCsv(
                        "title,description,labels,status,assignee\n\"Imported, one\",\"a\nb\",,resolved,1\n"
                                + ",no title,never,open,\nImported two,," + String.join(" ; ", labels) + ",,"
                                + any(List.copyOf(users.keySet())) + "\n")
                .expect(200);
        assertThat(answer.body().path("created").asInt()).isEqualTo(2);
        assertThat(answer.body().path("errors").get(0).path("row").asInt()).isEqualTo(2);
        JsonNode newest = client.get("/issues?page_size=2").expect(200).body().path("results");
        assertThat(newest.get(0).path("title").asString()).isEqualTo("Imported two");
        assertThat(newest.get(1).path("description").asString()).isEqualTo("a\nb");
        created(newest.get(0), labels.stream().distinct().toList());
        created(newest.get(1), List.of());
        if (random.nextInt(3) == 0) {
            undoImport(client, answer.body().path("import_id").asString(), newest);
        }
    }

    private void undoImport(Client client, String importId, JsonNode issues) {
        JsonNode undone = client.post("/imports/" + importId + "/undo", Map.of())
                .expect(200)
                .body();
        assertThat(undone.path("withdrawn").asInt()).isEqualTo(2);
        JsonNode told = client.get("/imports/" + importId).expect(200).body();
        assertThat(told.path("state").asString()).isEqualTo("undone");
        assertThat(told.at("/issues/results/1/row").asInt()).isEqualTo(3);
        for (JsonNode issue : issues) {
            long id = issue.path("id").asLong();
            assertThat(model.issues.remove(id)).isNotNull();
            assertThat(client.get("/issues/" + id)
                            .expect(404)
                            .body()
                            .path("code")
                            .asString())
                    .isEqualTo("issue-withdrawn");
        }
    }

    private void edit(Client client, Issue issue) {
        Map<String, Object> changes = new HashMap<>();
        if (random.nextInt(3) == 0) {
            changes.put("title", "Issue " + random.nextInt(5));
        }
        if (random.nextInt(4) == 0) {
            changes.put("description", "Text " + random.nextInt(3));
        }
        if (random.nextBoolean()) {
            changes.put("status", any(STATUSES));
        }
        if (random.nextInt(3) == 0) {
            changes.put("assignee", anyAssignee());
        }
        Map<String, Object> body = new HashMap<>(changes);
        body.put("version", issue.version);
        Map<String, Object> former = fields(issue);
        JsonNode after = client.patch("/issues/" + issue.id, body).expect(200).body();
        issue.edit(changes, Instant.parse(after.path("updated_at").asString()));
        assertSame(after, issue, "answer");
        if (random.nextInt(5) == 0) {
            revert(client, issue, former);
        }
    }

    /** Takes the last edit back. */
    private void revert(Client client, Issue issue, Map<String, Object> former) {
        Map<String, Object> back = new HashMap<>(former);
        Map<String, Object> present = fields(issue);
        back.keySet().removeIf(field -> Objects.equals(former.get(field), present.get(field)));
        Map<String, Object> body = random.nextBoolean()
                ? Map.of("version", issue.version, "to_version", issue.version - 1)
                : Map.of("version", issue.version, "edit", issue.version);
        JsonNode after =
                client.post("/issues/" + issue.id + "/revert", body).expect(200).body();
        assertThat(after.path("taken_back").size()).isEqualTo(back.size());
        if (!back.isEmpty()) {
            issue.edit(back, Instant.parse(after.path("updated_at").asString()));
        }
        assertSame(after, issue, "revert");
    }

    private static Map<String, Object> fields(Issue issue) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("title", issue.title);
        fields.put("description", issue.description);
        fields.put("status", issue.status);
        fields.put("assignee", issue.assignee);
        return fields;
    }

    private void comment(Client client, Issue issue) {
        long author = any(List.copyOf(users.keySet()));
        String body = "Comment " + random.nextInt(1_000);
        client.post("/issues/" + issue.id + "/comments", Map.of("body", body, "author", author))
                .expect(201);
        issue.comment(users.get(author), body);
    }

    private void label(Client client, Issue issue) {
        List<String> names = someLabels();
        JsonNode labels = client.put(
                        "/issues/" + issue.id + "/labels",
                        names.stream().map(name -> Map.of("name", name)).toList())
                .expect(200)
                .body();
        issue.label(names);
        List<String> answered = new ArrayList<>();
        for (JsonNode label : labels) {
            String name = label.path("name").asString();
            answered.add(name);
            assertThat(labelIds.computeIfAbsent(name, _ -> label.path("id").asLong()))
                    .isEqualTo(label.path("id").asLong());
        }
        assertThat(answered).isEqualTo(names.stream().distinct().toList());
    }

    private List<String> someLabels() {
        return IntStream.range(0, random.nextInt(4)).mapToObj(_ -> any(LABELS)).toList();
    }

    private void changeMany(Client client) {
        List<Issue> some = model.issues.values().stream()
                .filter(_ -> random.nextInt(8) == 0)
                .toList();
        String status = any(STATUSES);
        Map<Long, String> former = new HashMap<>();
        some.forEach(issue -> former.put(issue.id, issue.status));
        Answer bulk = client.put(
                        "/issues/bulk-status",
                        some.stream()
                                .map(issue -> Map.of("id", issue.id, "status", status))
                                .toList())
                .expect(200);
        JsonNode answer = bulk.body();
        for (int i = 0; i < some.size(); i++) {
            some.get(i)
                    .edit(
                            Map.of("status", status),
                            Instant.parse(answer.get(i).path("updated_at").asString()));
            assertSame(answer.get(i), some.get(i), "bulk");
        }
        if (!some.isEmpty() && random.nextInt(3) == 0) {
            undoBulk(client, bulk, some, former);
        }
    }

    private void undoBulk(Client client, Answer bulk, List<Issue> some, Map<Long, String> former) {
        client.post("/bulk-changes/" + bulk.headers().get("bulk-id") + "/undo", Map.of())
                .expect(200);
        for (Issue issue : some) {
            if (!issue.status.equals(former.get(issue.id))) {
                JsonNode after = client.get("/issues/" + issue.id).expect(200).body();
                issue.edit(
                        Map.of("status", former.get(issue.id)),
                        Instant.parse(after.path("updated_at").asString()));
            }
        }
    }

    private void beRefused(Client client, Issue issue) {
        client.patch("/issues/" + issue.id, Map.of("title", "late", "version", issue.version + 1))
                .expect(409);
        client.patch("/issues/" + issue.id, Map.of("status", "gone", "version", issue.version))
                .expect(400);
        client.put(
                        "/issues/bulk-status",
                        List.of(Map.of("id", issue.id, "status", "open"), Map.of("id", 1_000_000, "status", "open")))
                .expect(404);
        client.put("/issues/" + issue.id + "/labels", List.of(Map.of("name", "new"), Map.of("name", " ")))
                .expect(400);
    }

    private void compare(Client client, String when) {
        List<@Nullable String> statuses = new ArrayList<>(STATUSES);
        statuses.add(null);
        List<@Nullable Long> assignees = new ArrayList<>(users.keySet());
        assignees.add(null);
        for (String status : statuses) {
            for (Long assignee : assignees) {
                compareList(client, status, assignee, when);
            }
        }
        model.issues.values().forEach(issue -> compareDetail(client, issue, when));
        assertThat(client.get("/reports/top-assignees").expect(200).body())
                .as(when)
                .isEqualTo(json(model.topAssignees()));
        JsonNode latency = client.get("/reports/latency").expect(200).body();
        assertThat(latency.path("average_resolution_time")).as(when).isEqualTo(json(model.averageResolutionTime()));
        assertThat(latency.path("resolved_count").asLong())
                .as(when)
                .isEqualTo(model.issues.values().stream()
                        .filter(issue -> issue.resolvedAt != null)
                        .count());
    }

    private void compareList(Client client, @Nullable String status, @Nullable Long assignee, String when) {
        List<Issue> expected = model.list(status, assignee);
        String next = "/issues?page_size=7" + (status == null ? "" : "&status=" + status)
                + (assignee == null ? "" : "&assignee=" + assignee);
        List<JsonNode> found = new ArrayList<>();
        while (next != null) {
            JsonNode page = client.get(next).expect(200).body();
            assertThat(page.path("count").asInt()).as(when + " " + next).isEqualTo(expected.size());
            page.path("results").forEach(found::add);
            next = page.path("next").isNull() ? null : page.path("next").asString();
        }
        assertThat(found).as(when).hasSameSizeAs(expected);
        for (int i = 0; i < found.size(); i++) {
            assertSame(found.get(i), expected.get(i), when);
        }
    }

    private void compareDetail(Client client, Issue issue, String when) {
        JsonNode detail = client.get("/issues/" + issue.id).expect(200).body();
        assertSame(detail, issue, when);
        assertThat(detail.path("comments")
                        .valueStream()
                        .map(comment -> comment.path("body").asString()))
                .as(when)
                .containsExactlyElementsOf(issue.comments);
        assertThat(detail.path("labels")
                        .valueStream()
                        .map(label -> label.path("name").asString()))
                .as(when)
                .containsExactlyElementsOf(issue.labels.stream().sorted().toList());
        JsonNode timeline =
                client.get("/issues/" + issue.id + "/timeline").expect(200).body();
        assertThat(timeline.valueStream()
                        .map(entry -> json(List.of(entry.path("type"), entry.path("details"), entry.path("version")))))
                .as(when)
                .containsExactlyElementsOf(issue.timeline.stream()
                        .map(entry -> json(List.of(entry.type(), entry.details(), entry.version())))
                        .toList());
    }

    private static void assertSame(JsonNode found, Issue issue, String when) {
        Map<String, Object> expected = new HashMap<>();
        expected.put("id", issue.id);
        expected.put("title", issue.title);
        expected.put("description", issue.description);
        expected.put("status", issue.status);
        expected.put("assignee", issue.assignee);
        expected.put("version", issue.version);
        JsonNode wanted = json(expected);
        wanted.propertyNames()
                .forEach(name ->
                        assertThat(found.path(name)).as(when + " " + name).isEqualTo(wanted.path(name)));
        assertThat(Instant.parse(found.path("created_at").asString())).as(when).isEqualTo(issue.createdAt);
        assertThat(Instant.parse(found.path("updated_at").asString())).as(when).isEqualTo(issue.updatedAt);
    }

    /** Converts through text, so that numbers compare as written in a document. */
    private static JsonNode json(@Nullable Object value) {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    private Issue anyIssue() {
        return any(List.copyOf(model.issues.values()));
    }

    private @Nullable Long anyAssignee() {
        return random.nextInt(4) == 0 ? null : any(List.copyOf(users.keySet()));
    }

    private <T> T any(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
