package dev.recount.query.timeline;

import static dev.recount.events.IssuePriority.HIGH;
import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;
import static dev.recount.query.timeline.TimelineProjection.NAME;
import static dev.recount.query.timeline.TimelineType.ASSIGNMENT;
import static dev.recount.query.timeline.TimelineType.COMMENT;
import static dev.recount.query.timeline.TimelineType.CREATED;
import static dev.recount.query.timeline.TimelineType.DESCRIPTION_CHANGE;
import static dev.recount.query.timeline.TimelineType.LABEL_UPDATE;
import static dev.recount.query.timeline.TimelineType.PRIORITY_CHANGE;
import static dev.recount.query.timeline.TimelineType.STATUS_CHANGE;
import static dev.recount.query.timeline.TimelineType.TITLE_CHANGE;
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
import dev.recount.query.Events;
import dev.recount.query.RandomTracker;
import dev.recount.query.projection.ProjectionSpec;
import dev.recount.query.timeline.TimelineDetails.Assignment;
import dev.recount.query.timeline.TimelineDetails.Comment;
import dev.recount.query.timeline.TimelineDetails.Created;
import dev.recount.query.timeline.TimelineDetails.DescriptionChange;
import dev.recount.query.timeline.TimelineDetails.LabelUpdate;
import dev.recount.query.timeline.TimelineDetails.PriorityChange;
import dev.recount.query.timeline.TimelineDetails.StatusChange;
import dev.recount.query.timeline.TimelineDetails.TitleChange;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TimelineProjectionTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");
    private static final Instant ONE = Instant.parse("2026-01-09T13:00:00.000001Z");
    private static final Label BUG = new Label(1, "bug");
    private static final Label DOCS = new Label(2, "docs");
    private static final JsonMapper JSON = new JsonMapper();

    @RegisterExtension
    final ProjectionSpec spec = ProjectionSpec.of(NAME, TimelineProjection.class);

    private void append(Instant at, String stream, long fromSequence, Object... events) {
        spec.node().log().store().publish(Events.of(at, stream, fromSequence, events));
    }

    private List<TimelineEntry> timeline(long issue) {
        spec.await();
        return new Timelines(spec.database().dataSource()).of(issue);
    }

    @Test
    void each_kind_of_change_is_one_entry_in_the_order_in_which_it_happened() {
        append(NOON, "issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, 7L, 1));
        append(ONE, "issue-1", 1, new IssueStatusChanged(1, OPEN, IN_PROGRESS, 2));
        append(ONE, "issue-1", 2, new IssueCommented(1, 11, 7, "ada", "A \"moth\"\n{NULL}"));
        append(ONE, "issue-1", 3, new IssueLabelsReplaced(1, List.of(DOCS, BUG), List.of(DOCS), List.of()));
        append(ONE, "issue-1", 4, new IssueAssigned(1, 7L, null, 3));
        append(ONE, "issue-1", 5, new IssueRetitled(1, "Fix it", "Mend it", 4));
        append(ONE, "issue-1", 6, new IssueDescriptionChanged(1, "later", 5));
        append(ONE, "issue-1", 7, new IssuePrioritized(1, NONE, HIGH, 6));
        assertThat(timeline(1))
                .containsExactly(
                        new TimelineEntry(CREATED, NOON, new Created("Fix it", OPEN, List.of(), null), 0, 1, null),
                        new TimelineEntry(STATUS_CHANGE, ONE, new StatusChange(IN_PROGRESS, OPEN), 1, 2, null),
                        new TimelineEntry(COMMENT, ONE, new Comment("ada", "A \"moth\"\n{NULL}"), 2, 2, null),
                        new TimelineEntry(
                                LABEL_UPDATE,
                                ONE,
                                new LabelUpdate(List.of("docs", "bug"), List.of("docs"), List.of()),
                                3,
                                2,
                                null),
                        new TimelineEntry(ASSIGNMENT, ONE, new Assignment(null, 7L), 4, 3, null),
                        new TimelineEntry(TITLE_CHANGE, ONE, new TitleChange("Mend it", "Fix it"), 5, 4, null),
                        new TimelineEntry(DESCRIPTION_CHANGE, ONE, new DescriptionChange(), 6, 5, null),
                        new TimelineEntry(PRIORITY_CHANGE, ONE, new PriorityChange(HIGH, NONE), 7, 6, null));
    }

    @Test
    void an_issue_that_had_labels_from_the_beginning_says_so() {
        append(NOON, "issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, null, 1).with(List.of(DOCS, BUG)));
        append(NOON, "issue-2", 0, new IssueCreated(2, "Fix it", "now", OPEN, null, 1));
        assertThat(timeline(1))
                .containsExactly(new TimelineEntry(
                        CREATED, NOON, new Created("Fix it", OPEN, List.of("docs", "bug"), null), 0, 1, null));
        assertThat(TimelineType.storedForm(timeline(2).getFirst().details()))
                .isEqualTo("{\"title\":\"Fix it\",\"status\":\"open\"}");
    }

    @Test
    void an_issue_that_had_a_priority_from_the_beginning_says_so() {
        append(NOON, "issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, null, 1).with(HIGH));
        assertThat(TimelineType.storedForm(timeline(1).getFirst().details()))
                .isEqualTo("{\"title\":\"Fix it\",\"status\":\"open\",\"priority\":\"high\"}");
    }

    @Test
    void an_edit_that_changed_nothing_is_silent_but_the_next_comment_knows_its_version() {
        append(NOON, "issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, null, 1));
        append(NOON, "issue-1", 1, new IssueTouched(1, 2), new IssueTouched(1, 3));
        spec.await();
        append(ONE, "issue-1", 3, new IssueCommented(1, 11, 7, "ada", "Seen"));
        assertThat(timeline(1).getLast())
                .isEqualTo(new TimelineEntry(COMMENT, ONE, new Comment("ada", "Seen"), 3, 3, null));
        assertThat(timeline(1)).hasSize(2);
    }

    @Test
    void an_edit_of_several_fields_is_several_entries_of_one_version() {
        append(NOON, "issue-1", 0, new IssueCreated(1, "Fix it", "now", OPEN, null, 1));
        append(
                ONE,
                "issue-1",
                1,
                new IssueStatusChanged(1, OPEN, RESOLVED, 2),
                new IssueAssigned(1, null, 3L, 2),
                new IssueRetitled(1, "Fix it", "Mend it", 2));
        assertThat(timeline(1))
                .extracting(TimelineEntry::type)
                .containsExactly(CREATED, STATUS_CHANGE, ASSIGNMENT, TITLE_CHANGE);
        assertThat(timeline(1)).extracting(TimelineEntry::version).containsExactly(1L, 2L, 2L, 2L);
    }

    @Test
    void an_entry_is_found_by_its_place_in_the_log_too() {
        append(NOON, "user-1", 0, new UserRegistered(1, "ada", "Ada"));
        append(NOON, "issue-1", 0, new IssueCreated(1, "First", "", OPEN, null, 1));
        append(NOON, "issue-2", 0, new IssueCreated(2, "Second", "", OPEN, null, 1));
        append(NOON, "issue-1", 1, new IssueTouched(1, 2));
        append(NOON, "issue-1", 2, new IssueRetitled(1, "First", "Third", 3));
        spec.await();
        assertThat(spec.sql()
                        .sql("SELECT position || ' ' || type FROM timeline_entry WHERE position > 2 ORDER BY position")
                        .query(String.class)
                        .list())
                .containsExactly("3 created", "5 title_change");
    }

    @Test
    void nothing_is_told_of_an_issue_that_was_withdrawn() {
        append(NOON, "issue-1", 0, new IssueCreated(1, "First", "", OPEN, null, 1));
        append(NOON, "issue-2", 0, new IssueCreated(2, "Second", "", OPEN, null, 1));
        append(ONE, "issue-1", 1, new IssueRetitled(1, "First", "Third", 2));
        assertThat(timeline(1)).hasSize(2);
        append(ONE, "issue-1", 2, new IssueRetitled(1, "Third", "Fourth", 3), new IssueWithdrawn(1, 4));
        append(ONE, "issue-3", 0, new IssueCreated(3, "Gone at once", "", OPEN, null, 1), new IssueWithdrawn(3, 2));
        assertThat(timeline(1)).isEmpty();
        assertThat(timeline(3)).isEmpty();
        assertThat(timeline(2)).hasSize(1);
        assertThat(spec.node().rows(NAME).get("timeline_issue")).singleElement().isEqualTo("(2,1,0)");
    }

    @Test
    void events_of_other_kinds_pass_by() {
        append(NOON, "user-1", 0, new UserRegistered(1, "ada", "Ada"));
        append(NOON, "label-bug", 0, new LabelCreated(1, "bug"));
        assertThat(timeline(1)).isEmpty();
    }

    @Test
    void an_event_of_an_issue_that_was_never_created_is_parked() {
        append(NOON, "issue-1", 0, new IssueTouched(1, 1));
        assertThat(spec.refusals()).singleElement().asString().contains("never created");
    }

    /** Live the batches are small, in a recount they are large: how the log is cut must not show. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void a_random_history_is_told_as_it_happened(long seed) {
        var tracker = new RandomTracker(seed, spec.node().log().store()::publish);
        for (var round = 0; round < 6; round++) {
            tracker.act(60);
            assertToldAsItHappened(tracker);
        }
    }

    private void assertToldAsItHappened(RandomTracker tracker) {
        for (var issue : tracker.issues()) {
            assertThat(json(timeline(issue.id()))).as("issue %d", issue.id()).isEqualTo(json(issue.timeline()));
        }
    }

    private static JsonNode json(Object value) {
        return JSON.readTree(JSON.writeValueAsString(value));
    }
}
