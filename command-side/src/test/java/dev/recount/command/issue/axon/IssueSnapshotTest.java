package dev.recount.command.issue.axon;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.IssueState;
import dev.recount.command.testing.Node;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.eventstore.axon.SnapshotVerification;
import dev.recount.eventstore.serialization.RecountSerializer;
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

        // A forged title with a matching hash shows that the snapshot was read.
        forge("jsonb_set(payload, '{title}', '\"from the snapshot\"')");
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
                    .until(() -> count("SELECT count(*) FROM snapshot WHERE revision = 3") == 1);
        }
    }

    @Test
    void a_snapshot_that_cannot_be_read_is_passed_by() {
        IssueState last;
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            last = history(node);
            awaitSnapshot(">= 4");
        }
        forge("'{\"id\": \"seven\"}'");
        assertThat(onNewNode(new ReplaceLabels(7, List.of(BUG)))).isEqualTo(last);
    }

    @Test
    void a_snapshot_in_the_place_of_another_is_dropped_and_the_edit_is_of_its_own_issue() {
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            history(node);
            node.done(new CreateIssue(8, "Freeze", "", OPEN, null));
            for (long version = 1; version <= 7; version++) {
                node.done(edit(8, version));
            }
            awaitSnapshot("issue-7", ">= 4");
            awaitSnapshot("issue-8", ">= 4");
        }
        jdbc.sql("UPDATE snapshot SET stream = CASE stream WHEN 'issue-7' THEN 'issue-x' ELSE 'issue-7' END")
                .update();
        jdbc.sql("UPDATE snapshot SET stream = 'issue-8' WHERE stream = 'issue-x'")
                .update();
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            IssueState edited = node.done(edit(8));
            assertThat(edited.id()).isEqualTo(7);
            assertThat(edited.title()).isEqualTo("Crash");
            assertThat(edited.version()).isEqualTo(9);
            assertThat(node.done(edit(8, 8)).title()).isEqualTo("Freeze");
            awaitSnapshot("issue-7", ">= 9");
            awaitSnapshot("issue-8", ">= 8");
            assertThat(verified(node).differences()).isEmpty();
        }
    }

    @Test
    void a_snapshot_of_a_later_sequence_than_the_stream_has_is_dropped_and_the_edit_goes_through() {
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            history(node);
            awaitSnapshot(">= 4");
        }
        jdbc.sql("UPDATE snapshot SET sequence = 900").update();
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            assertThat(node.done(edit(8)).version()).isEqualTo(9);
            awaitSnapshot("BETWEEN 4 AND 20");
        }
    }

    @Test
    void a_snapshot_whose_title_was_changed_is_dropped() {
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            history(node);
            awaitSnapshot(">= 4");
        }
        jdbc.sql("UPDATE snapshot SET payload = jsonb_set(payload, '{title}', '\"changed\"')")
                .update();
        assertThat(onNewNode(new ReplaceLabels(7, List.of(BUG))).title()).isEqualTo("Crash");
        assertThat(count("SELECT count(*) FROM snapshot WHERE payload ->> 'title' = 'changed'"))
                .isZero();
    }

    @Test
    void a_verification_finds_a_snapshot_that_was_changed_together_with_its_hash() {
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            history(node);
            awaitSnapshot(">= 4");
            assertThat(verified(node).snapshots()).isEqualTo(1);
            assertThat(verified(node).differences()).isEmpty();
            forge("jsonb_set(payload, '{title}', '\"forged\"')");
            assertThat(verified(node).differences())
                    .singleElement()
                    .satisfies(difference -> assertThat(difference.stream()).isEqualTo("issue-7"))
                    .satisfies(difference ->
                            assertThat(difference.reason()).isEqualTo("its events lead to another state"));
        }
    }

    private static SnapshotVerification.Report verified(Node node) {
        return IssueSnapshots.verify(node.bean(SnapshotVerification.class));
    }

    /** Changes a snapshot and recomputes its hash. */
    private void forge(String payload) {
        int changed = jdbc.sql("""
            UPDATE snapshot
            SET payload = (%1$s)::jsonb,
                hash = snapshot_hash(stream, sequence, type, revision, (%1$s)::jsonb, leaf_hash)
            """.formatted(payload)).update();
        assertThat(changed).isEqualTo(1);
    }

    @Test
    void a_short_history_has_no_snapshot() {
        try (Node node = Node.on(database.dataSource())) {
            history(node);
        }
        assertThat(count("SELECT count(*) FROM snapshot")).isZero();
    }

    /** A change here needs a new revision in {@link IssueSnapshots#SNAPSHOT}. */
    @Test
    void revision_3_looks_like_this() {
        RecountSerializer serializer = new RecountSerializer(List.of(IssueSnapshots.SNAPSHOT));
        IssueState state = new IssueState(
                7,
                "Crash",
                "It crashes.",
                IssueStatus.IN_PROGRESS,
                null,
                IssuePriority.HIGH,
                3,
                Instant.parse("2026-03-01T12:00:00Z"),
                Instant.parse("2026-03-01T12:30:00.000001Z"),
                List.of(BUG),
                Instant.parse("2026-03-01T12:45:00Z"),
                false);
        String frozen = """
            {"assignee":null,"createdAt":"2026-03-01T12:00:00Z","description":"It crashes.","id":7,\
            "labels":[{"id":1,"name":"bug"}],"lastEventAt":"2026-03-01T12:45:00Z","priority":"high",\
            "status":"in_progress","title":"Crash","updatedAt":"2026-03-01T12:30:00.000001Z","version":3,"withdrawn":false}\
            """;
        assertThat(serializer.serialize(state, String.class).getData()).isEqualTo(frozen);
        assertThat(serializer.serialize(state, String.class).getType().getName())
                .isEqualTo("IssueSnapshot");
        Object read = serializer.deserialize(new SimpleSerializedObject<>(frozen, String.class, "IssueSnapshot", "3"));
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
        return edit(7, version);
    }

    private static EditIssue edit(long issue, long version) {
        return new EditIssue(issue, null, "after version " + version, null, null, version, IfMatch.ANY);
    }

    private IssueState onNewNode(ReplaceLabels command) {
        try (Node node = Node.on(database.dataSource(), EVERY_FIVE)) {
            return node.done(command);
        }
    }

    private void awaitSnapshot(String sequence) {
        awaitSnapshot("issue-7", sequence);
    }

    private void awaitSnapshot(String stream, String sequence) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() ->
                        count("SELECT count(*) FROM snapshot WHERE stream = '" + stream + "' AND sequence " + sequence)
                                == 1);
    }

    private long count(String sql) {
        return jdbc.sql(sql).query(Long.class).single();
    }
}
