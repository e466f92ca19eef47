package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.scan.LogScan;
import dev.recount.eventstore.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads a database written before issues could have labels from their creation on. Its log is COPY output with every
 * issue in revision 1, stored with the responses of that version. Neither file is ever edited.
 */
class OldLogTest {

    private static final String LOG = "before-labels/event_log.copy";
    private static final String ANSWERS = "before-labels/answers.json";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** The newest version of the log's tables at that time. */
    private static final String SCHEMA = "3";

    private TestDatabase database;
    private Recount recount;
    private Client client;

    @BeforeEach
    void start_on_the_old_database() throws Exception {
        database = TestDatabase.fresh();
        migrate("event_store", SCHEMA);
        migrate("command_side", "4");
        try (Connection connection = database.dataSource().getConnection();
                InputStream log = resource(LOG)) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("COPY event_log FROM STDIN", log);
        }
        JdbcClient.create(database.dataSource()).sql("""
            SELECT setval('issue_id', 3), setval('user_id', 2), setval('comment_id', 2), setval('label_id', 3)
            """).query().singleRow();
        recount = Recount.on(database);
        client = recount.client();
    }

    @AfterEach
    void stop() {
        recount.close();
    }

    @Test
    void the_log_holds_issues_of_revision_1_only() {
        assertThat(JdbcClient.create(database.dataSource())
                        .sql("SELECT revision FROM event_log WHERE type = 'IssueCreated' ORDER BY position")
                        .query(Integer.class)
                        .list())
                .containsExactly(1, 1, 1);
    }

    @Test
    void every_answer_is_what_it_was_also_after_a_rebuild() throws IOException {
        assertAnswers();
        String rebuild =
                client.post("/rebuilds", Map.of()).expect(202).headers().get("location");
        assertThat(awaitEnd(rebuild).path("phase").asString()).isEqualTo("done");
        assertAnswers();
        for (JsonNode projection : client.get("/projections").expect(200).body()) {
            String verification = client.post(
                            "/projections/" + projection.path("name").asString() + "/verification", Map.of())
                    .expect(202)
                    .headers()
                    .get("location");
            assertThat(awaitEnd(verification).path("differing_rows").asInt(-1)).isZero();
        }
    }

    @Test
    void readers_by_stream_by_position_and_by_scan_agree() throws SQLException {
        EventLog log = recount.context().getBean(EventLog.class);
        List<Object> byPosition = log.readAfter(0, 1_000).stream()
                .<Object>map(TrackedEventMessage::getPayload)
                .toList();
        List<Object> scanned = new ArrayList<>();
        try (Connection connection = database.dataSource().getConnection()) {
            recount.context()
                    .getBean(LogScan.class)
                    .read(connection, 0, byPosition.size(), event -> scanned.add(event.event()));
        }
        assertThat(scanned).isEqualTo(byPosition);
        assertThat(byPosition)
                .filteredOn(event ->
                        event.equals(log.readStream("issue-1", 0).getFirst().getPayload()))
                .hasSize(1);
    }

    @Test
    void old_issues_and_labels_go_on_with_new_commands_and_imports() {
        JsonNode issue = client.get("/issues/1").expect(200).body();
        assertThat(client.patch(
                                "/issues/1",
                                Map.of(
                                        "status",
                                        "closed",
                                        "version",
                                        issue.path("version").asLong()))
                        .expect(200)
                        .body()
                        .path("title"))
                .isEqualTo(issue.path("title"));
        long head = recount.context().getBean(EventLog.class).head();
        List<Map<String, String>> same = issue.path("labels")
                .valueStream()
                .map(label -> Map.of("name", label.path("name").asString()))
                .toList();
        assertThat(client.put("/issues/1/labels", same).expect(200).body()).isEqualTo(issue.path("labels"));
        assertThat(recount.context().getBean(EventLog.class).head()).isEqualTo(head);

        client.importCsv("title,description,status,assignee,labels\nNew,,,2,fresh;bug\n")
                .expect(200);
        JsonNode imported = client.get("/issues/4").expect(200).body();
        assertThat(imported.path("labels").toString())
                .isEqualTo("[{\"id\":1,\"name\":\"bug\"},{\"id\":4,\"name\":\"fresh\"}]");
        assertThat(client.get("/issues/4/timeline")
                        .expect(200)
                        .body()
                        .get(0)
                        .path("details")
                        .toString())
                .isEqualTo("{\"title\":\"New\",\"status\":\"open\",\"labels\":[\"fresh\",\"bug\"]}");
    }

    private void assertAnswers() throws IOException {
        try (InputStream file = resource(ANSWERS)) {
            for (Map.Entry<String, JsonNode> answer :
                    JsonMapper.shared().readTree(file).properties()) {
                assertThat(withoutLaterFields(
                                client.get(answer.getKey()).expect(200).body()))
                        .as(answer.getKey())
                        .isEqualTo(answer.getValue());
            }
        }
    }

    /** Issues got a priority later. Each of an old log must have none. */
    private static JsonNode withoutLaterFields(JsonNode answer) {
        for (JsonNode priority : answer.findValues("priority")) {
            assertThat(priority.asString()).isEqualTo("none");
        }
        for (JsonNode issue : answer.findParents("priority")) {
            ((ObjectNode) issue).remove("priority");
        }
        return answer;
    }

    private JsonNode awaitEnd(String run) {
        return await().atMost(PATIENCE)
                .until(
                        () -> client.get(run).expect(200).body(),
                        state -> !state.path("finished_at").isNull());
    }

    private void migrate(String module, String version) {
        Flyway.configure()
                .dataSource(database.dataSource())
                .locations("classpath:dev/recount/migrations/" + module)
                .table("migrations_" + module)
                .baselineOnMigrate(true)
                .baselineVersion("0")
                .target(version)
                .load()
                .migrate();
    }

    private static InputStream resource(String name) {
        InputStream resource = OldLogTest.class.getClassLoader().getResourceAsStream(name);
        assertThat(resource).as(name).isNotNull();
        return resource;
    }
}
