package dev.recount.query.issues;

import static dev.recount.events.IssuePriority.HIGH;
import static dev.recount.events.IssuePriority.LOW;
import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;
import static dev.recount.query.issues.IssueListProjection.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.query.projection.ProjectionSpec;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IssueListProjectionTest {

    private static final Label BUG = new Label(1, "bug");
    private static final Label DOCS = new Label(2, "docs");

    @RegisterExtension
    final ProjectionSpec spec = ProjectionSpec.of(NAME, IssueListProjection.class);

    private Map<String, Object> issue(long id) {
        spec.await();
        return spec.sql()
                .sql("SELECT title, description, status, assignee, priority, version, sequence FROM issue_row WHERE"
                        + " id = ?")
                .param(id)
                .query()
                .singleRow();
    }

    private Instant time(String column, long id) {
        return spec.sql()
                .sql("SELECT %s FROM issue_row WHERE id = ?".formatted(column))
                .param(id)
                .query(OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private Instant recordedAt(long id, long sequence) {
        return spec.node()
                .log()
                .log()
                .readStream("issue-" + id, sequence)
                .getFirst()
                .getTimestamp();
    }

    private List<String> counts() {
        spec.await();
        return spec.sql()
                .sql("SELECT scope || ' ' || count FROM issue_count WHERE count <> 0 ORDER BY scope")
                .query(String.class)
                .list();
    }

    private static Map<String, Object> row(
            String title, String description, String status, Long assignee, long version, long sequence) {
        return row(title, description, status, assignee, "none", version, sequence);
    }

    private static Map<String, Object> row(
            String title,
            String description,
            String status,
            Long assignee,
            String priority,
            long version,
            long sequence) {
        var row = new HashMap<String, Object>();
        row.put("title", title);
        row.put("description", description);
        row.put("status", status);
        row.put("assignee", assignee);
        row.put("priority", priority);
        row.put("version", version);
        row.put("sequence", sequence);
        return row;
    }

    @Test
    void a_created_issue_is_listed_as_it_was_created() {
        spec.given("issue-1", 0, new IssueCreated(1, "Fix it", "now", IN_PROGRESS, 7L, 1));
        assertThat(issue(1)).isEqualTo(row("Fix it", "now", "in_progress", 7L, 1, 0));
        assertThat(time("created_at", 1)).isEqualTo(recordedAt(1, 0));
        assertThat(time("updated_at", 1)).isEqualTo(recordedAt(1, 0));
        assertThat(counts())
                .containsExactly("all 1", "assignee:7 1", "status:in_progress 1", "status:in_progress,assignee:7 1");
    }

    @Test
    void an_issue_has_the_labels_that_it_was_created_with_until_they_are_replaced() {
        spec.given("issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, null, 1).with(List.of(DOCS, BUG)));
        assertThat(labels()).containsExactly("1 bug", "2 docs");
        spec.given("issue-1", 1, new IssueLabelsReplaced(1, List.of(BUG), List.of(), List.of(DOCS)));
        assertThat(labels()).containsExactly("1 bug");
        spec.node()
                .log()
                .store()
                .publish(EventStoreNode.messages(
                        "issue-2",
                        0,
                        new IssueCreated(2, "Fix it", "now", OPEN, null, 1).with(List.of(DOCS)),
                        new IssueLabelsReplaced(2, List.of(), List.of(), List.of(DOCS))));
        assertThat(labels()).as("created and cleared in one batch").containsExactly("1 bug");
    }

    @Test
    void each_kind_of_edit_changes_its_column_the_version_and_the_time() {
        spec.given("issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, null, 1));
        assertThat(issue(1)).isEqualTo(row("Fix it", "now", "open", null, 1, 0));
        spec.given("issue-1", 1, new IssueRetitled(1, "Fix it", "Mend it", 2));
        assertThat(issue(1)).isEqualTo(row("Mend it", "now", "open", null, 2, 1));
        spec.given("issue-1", 2, new IssueDescriptionChanged(1, "", 3));
        assertThat(issue(1)).isEqualTo(row("Mend it", "", "open", null, 3, 2));
        spec.given("issue-1", 3, new IssueStatusChanged(1, OPEN, RESOLVED, 4));
        assertThat(issue(1)).isEqualTo(row("Mend it", "", "resolved", null, 4, 3));
        spec.given("issue-1", 4, new IssueAssigned(1, null, 3L, 5));
        assertThat(issue(1)).isEqualTo(row("Mend it", "", "resolved", 3L, 5, 4));
        spec.given("issue-1", 5, new IssueTouched(1, 6));
        assertThat(issue(1)).isEqualTo(row("Mend it", "", "resolved", 3L, 6, 5));
        assertThat(time("updated_at", 1)).isEqualTo(recordedAt(1, 5));
        spec.given("issue-1", 6, new IssueAssigned(1, 3L, null, 7));
        assertThat(issue(1)).isEqualTo(row("Mend it", "", "resolved", null, 7, 6));
        assertThat(time("created_at", 1)).isEqualTo(recordedAt(1, 0));
    }

    @Test
    void an_issue_counts_in_the_scopes_of_its_priority_while_it_has_one() {
        spec.given("issue-1", 0, new IssueCreated(1, "Fix it", "", OPEN, 7L, 1).with(HIGH));
        assertThat(issue(1)).isEqualTo(row("Fix it", "", "open", 7L, "high", 1, 0));
        assertThat(counts())
                .containsExactly(
                        "all 1",
                        "assignee:7 1",
                        "assignee:7,priority:high 1",
                        "priority:high 1",
                        "status:open 1",
                        "status:open,assignee:7 1",
                        "status:open,assignee:7,priority:high 1",
                        "status:open,priority:high 1");
        spec.given(
                "issue-1",
                1,
                new IssuePrioritized(1, HIGH, LOW, 2),
                new IssueStatusChanged(1, OPEN, CLOSED, 2),
                new IssueAssigned(1, 7L, null, 2));
        assertThat(issue(1)).isEqualTo(row("Fix it", "", "closed", null, "low", 2, 3));
        assertThat(time("updated_at", 1)).isEqualTo(recordedAt(1, 3));
        assertThat(counts())
                .containsExactly("all 1", "priority:low 1", "status:closed 1", "status:closed,priority:low 1");
        spec.given("issue-1", 4, new IssuePrioritized(1, LOW, NONE, 3));
        assertThat(issue(1)).isEqualTo(row("Fix it", "", "closed", null, "none", 3, 4));
        assertThat(counts()).containsExactly("all 1", "status:closed 1");
    }

    /** The list by priority must not walk over all the issues that have none. */
    @Test
    void the_list_by_priority_has_an_index() {
        spec.given("issue-1", 0, new IssueCreated(1, "Fix it", "", OPEN, null, 1));
        spec.await();
        var plan = spec.sql()
                .sql("EXPLAIN SELECT id FROM issue_row WHERE true AND priority = 'high'"
                        + " ORDER BY created_at DESC, id DESC LIMIT 10")
                .query(String.class)
                .list();
        assertThat(String.join(" ", plan)).contains("issue_row_newest_by_priority");
    }

    @Test
    void an_issue_that_is_withdrawn_leaves_nothing() {
        spec.given("issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, 7L, 1));
        spec.given("issue-2", 0, new IssueCreated(2, "Stays", "", OPEN, 7L, 1));
        spec.given("issue-1", 1, new IssueCommented(1, 11, 7, "ada", "Seen"));
        spec.given("issue-1", 2, new IssueLabelsReplaced(1, List.of(BUG), List.of(BUG), List.of()));
        spec.await();
        spec.given("issue-1", 3, new IssueStatusChanged(1, OPEN, CLOSED, 2), new IssueWithdrawn(1, 3));
        assertThat(counts()).containsExactly("all 1", "assignee:7 1", "status:open 1", "status:open,assignee:7 1");
        assertThat(spec.node().rows(NAME).get("issue_row"))
                .singleElement()
                .asString()
                .contains("Stays");
        assertThat(spec.node().rows(NAME))
                .containsEntry("issue_comment", List.of())
                .containsEntry("issue_label", List.of());
    }

    @Test
    void an_issue_that_comes_and_goes_within_a_batch_leaves_nothing() {
        spec.given(
                "issue-1",
                0,
                new IssueCreated(1, "Fix it", "now", OPEN, 7L, 1),
                new IssueCommented(1, 11, 7, "ada", "Seen"),
                new IssueLabelsReplaced(1, List.of(BUG), List.of(BUG), List.of()),
                new IssueWithdrawn(1, 2));
        spec.await();
        var rows = new HashMap<>(spec.node().rows(NAME));
        assertThat(rows.remove("issue_block"))
                .as("a block that has no issue any more, and the time of one that it had")
                .singleElement()
                .asString()
                .startsWith("(0,0,");
        assertThat(rows.values()).allMatch(List::isEmpty);
    }

    @Test
    void an_edit_of_several_fields_is_one_version() {
        spec.given("issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, 2L, 1));
        spec.given(
                "issue-1",
                1,
                new IssueRetitled(1, "Fix it", "Mend it", 2),
                new IssueStatusChanged(1, OPEN, CLOSED, 2),
                new IssueAssigned(1, 2L, 3L, 2));
        assertThat(issue(1)).isEqualTo(row("Mend it", "now", "closed", 3L, 2, 3));
        assertThat(counts()).containsExactly("all 1", "assignee:3 1", "status:closed 1", "status:closed,assignee:3 1");
    }

    @Test
    void comments_and_labels_are_kept_and_leave_version_and_time_alone() {
        spec.given("issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, null, 1));
        spec.given(
                "issue-1",
                1,
                new IssueCommented(1, 11, 7, "ada", "Who breaks it?"),
                new IssueLabelsReplaced(1, List.of(DOCS, BUG), List.of(DOCS, BUG), List.of()),
                new IssueCommented(1, 12, 8, "grace", "A moth"));
        assertThat(issue(1)).isEqualTo(row("Fix it", "now", "open", null, 1, 3));
        assertThat(time("updated_at", 1)).isEqualTo(recordedAt(1, 0));
        assertThat(spec.sql()
                        .sql("SELECT id || ' ' || author_id || ' ' || author || ': ' || body FROM issue_comment"
                                + " ORDER BY sequence")
                        .query(String.class)
                        .list())
                .containsExactly("11 7 ada: Who breaks it?", "12 8 grace: A moth");
        assertThat(labels()).containsExactly("1 bug", "2 docs");
        spec.given("issue-1", 4, new IssueLabelsReplaced(1, List.of(BUG), List.of(), List.of(DOCS)));
        assertThat(labels()).containsExactly("1 bug");
        spec.given("issue-1", 5, new IssueLabelsReplaced(1, List.of(), List.of(), List.of(BUG)));
        assertThat(labels()).isEmpty();
    }

    private List<String> labels() {
        spec.await();
        return spec.sql()
                .sql("SELECT label_id || ' ' || name FROM issue_label ORDER BY name")
                .query(String.class)
                .list();
    }

    @Test
    void events_of_other_kinds_pass_by() {
        spec.given("user-1", 0, new UserRegistered(1, "ada", "Ada"));
        spec.given("label-bug", 0, new LabelCreated(1, "bug"));
        spec.await();
        assertThat(counts()).isEmpty();
    }

    @Test
    void an_event_of_an_issue_that_was_never_created_is_parked() {
        spec.given("issue-1", 0, new IssueTouched(1, 2));
        assertThat(spec.refusals()).singleElement().asString().contains("never created");
    }

    /** Live the batches are small, in a recount they are large: how the log is cut must not show. */
    @Test
    void a_random_history_is_counted_right() {
        var history = new RandomHistory(spec.node(), 4711);
        for (var round = 0; round < 10; round++) {
            history.write(150);
            spec.await();
        }
        assertThat(spec.rows().get("issue_row")).hasSize(history.issues());
        assertCountsAreThoseOfTheRows();
    }

    private void assertCountsAreThoseOfTheRows() {
        var counted = spec.sql().sql("""
            SELECT scope || ' ' || count(*)
            FROM issue_row, LATERAL (VALUES
                ('all'),
                ('status:' || status),
                ('assignee:' || assignee),
                ('status:' || status || ',assignee:' || assignee),
                ('priority:' || nullif(priority, 'none')),
                ('status:' || status || ',priority:' || nullif(priority, 'none')),
                ('assignee:' || assignee || ',priority:' || nullif(priority, 'none')),
                ('status:' || status || ',assignee:' || assignee || ',priority:' || nullif(priority, 'none'))
                ) AS scopes (scope)
            WHERE scope IS NOT NULL
            GROUP BY scope
            ORDER BY scope COLLATE "C"
            """).query(String.class).list();
        assertThat(counts()).isEqualTo(counted);
    }
}
