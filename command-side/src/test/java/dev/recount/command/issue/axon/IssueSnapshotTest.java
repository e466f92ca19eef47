package dev.recount.command.issue.axon;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.IssueState;
import dev.recount.command.testing.Node;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.eventstore.RecountSerializer;
import dev.recount.eventstore.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class IssueSnapshotTest {

    private static final Map<String, Object> EVERY_FIVE = Map.of("recount.snapshot-threshold", 5);
    private static final Label BUG = new Label(1, "bug");

    private TestDatabase database;
    private JdbcClient jdbc;

    @BeforeEach
    void create() {
        database = TestDatabase.fresh();
        jdbc = JdbcClient.create(database.dataSource());
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void a_long_history_is_read_from_its_snapshot_and_comes_to_the_same() {
        IssueState last;
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            last = history(node);
            awaitSnapshot(">= 4");
        }
        IssueState unchanged = onNewNode(new ReplaceLabels(7, List.of(BUG)));
        assertThat(unchanged).isEqualTo(last);

        // That the snapshot is what was read shows when it says something else.
        jdbc.sql("UPDATE snapshot SET payload = jsonb_set(payload, '{title}', '\"from the snapshot\"')")
                .update();
        assertThat(onNewNode(new ReplaceLabels(7, List.of(BUG))).title()).isEqualTo("from the snapshot");
    }

    @Test
    void a_snapshot_of_another_revision_is_passed_by_and_replaced() {
        IssueState last;
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            last = history(node);
            awaitSnapshot(">= 4");
        }
        jdbc.sql("UPDATE snapshot SET revision = 99, payload = '{\"shape\": \"of another time\"}'")
                .update();
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            assertThat(node.done(new ReplaceLabels(7, List.of(BUG)))).isEqualTo(last);
            node.done(edit(last.version()));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> count("SELECT count(*) FROM snapshot WHERE revision = 2") == 1);
        }
    }

    @Test
    void a_snapshot_that_cannot_be_read_is_passed_by() {
        IssueState last;
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            last = history(node);
            awaitSnapshot(">= 4");
        }
        jdbc.sql("UPDATE snapshot SET payload = '{\"id\": \"seven\"}'").update();
        assertThat(onNewNode(new ReplaceLabels(7, List.of(BUG)))).isEqualTo(last);
    }

    @Test
    void a_short_history_has_no_snapshot() {
        try (Node node = Node.on(database.dataSource())) {
            history(node);
        }
        assertThat(count("SELECT count(*) FROM snapshot")).isZero();
    }

    /** A change here needs a new revision in {@link IssueShellConfiguration#SNAPSHOT}. */
    @Test
    void revision_2_looks_like_this() {
        RecountSerializer serializer = new RecountSerializer(List.of(IssueShellConfiguration.SNAPSHOT));
        IssueState state = new IssueState(
                7,
                "Crash",
                "It crashes.",
                IssueStatus.IN_PROGRESS,
                null,
                3,
                Instant.parse("2026-03-01T12:00:00Z"),
                Instant.parse("2026-03-01T12:30:00.000001Z"),
                List.of(BUG),
                Instant.parse("2026-03-01T12:45:00Z"),
                false);
        String frozen = """
            {"assignee":null,"createdAt":"2026-03-01T12:00:00Z","description":"It crashes.","id":7,\
            "labels":[{"id":1,"name":"bug"}],"lastEventAt":"2026-03-01T12:45:00Z","status":"in_progress",\
            "title":"Crash","updatedAt":"2026-03-01T12:30:00.000001Z","version":3,"withdrawn":false}\
            """;
        assertThat(serializer.serialize(state, String.class).getData()).isEqualTo(frozen);
        assertThat(serializer.serialize(state, String.class).getType().getName())
                .isEqualTo("IssueSnapshot");
        Object read = serializer.deserialize(new SimpleSerializedObject<>(frozen, String.class, "IssueSnapshot", "2"));
        assertThat(read).isEqualTo(state);
    }

    private static IssueState history(Node node) {
        node.done(new CreateIssue(7, "Crash", "", OPEN, null));
        for (long version = 1; version <= 7; version++) {
            node.done(edit(version));
        }
        return node.done(new ReplaceLabels(7, List.of(BUG)));
    }

    private static EditIssue edit(long version) {
        return new EditIssue(7, null, "after version " + version, null, null, version, IfMatch.ANY);
    }

    private IssueState onNewNode(ReplaceLabels command) {
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            return node.done(command);
        }
    }

    private void awaitSnapshot(String sequence) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        count("SELECT count(*) FROM snapshot WHERE stream = 'issue-7' AND sequence " + sequence) == 1);
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
