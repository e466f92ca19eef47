package dev.recount.command.issue;

import static dev.recount.events.IssuePriority.HIGH;
import static dev.recount.events.IssuePriority.LOW;
import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssuePriority.URGENT;
import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.Decision.Refused;
import dev.recount.command.issue.IfMatch.Seen;
import dev.recount.command.issue.IssueCommand.Assignment;
import dev.recount.command.issue.IssueCommand.ChangeStatus;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.IssueCommand.WithdrawIssue;
import dev.recount.command.issue.Rejection.InvalidFields;
import dev.recount.command.issue.Rejection.IssueExists;
import dev.recount.command.issue.Rejection.PreconditionFailed;
import dev.recount.command.issue.Rejection.StaleVersion;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.command.issue.Rejection.WithdrawnIssue;
import dev.recount.events.IssueEvent;
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
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IssueDeciderTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Label BUG = new Label(1, "bug");
    private static final Label UI = new Label(2, "ui");
    private static final Label SLOW = new Label(3, "slow");
    private static final IssueCreated CREATED = new IssueCreated(7, "Crash", "It crashes.", OPEN, 3L, 1);

    @Test
    void a_new_issue_starts_with_version_1_and_a_trimmed_title() {
        assertThat(given().when(new CreateIssue(7, "\u00a0 Crash\t", " as is ", RESOLVED, null)))
                .isEqualTo(accepted(new IssueCreated(7, "Crash", " as is ", RESOLVED, null, 1)));
    }

    @Test
    void a_new_issue_can_have_labels_from_the_beginning() {
        assertThat(given().when(create().with(List.of(UI, BUG, UI))))
                .isEqualTo(accepted(new IssueCreated(7, "Crash", "", OPEN, null, 1).with(List.of(UI, BUG))));
        assertThat(given().when(create().with(List.of(BUG, new Label(4, "x".repeat(51))))))
                .isEqualTo(new Refused(new InvalidFields(Map.of("labels", List.of("must be at most 50 characters")))));
    }

    @Test
    void a_new_issue_has_no_priority_unless_one_is_set() {
        assertThat(given().when(create().with(HIGH)))
                .isEqualTo(accepted(new IssueCreated(7, "Crash", "", OPEN, null, 1).with(HIGH)));
        assertThat(given().when(create())).isEqualTo(accepted(new IssueCreated(7, "Crash", "", OPEN, null, 1)));
    }

    @Test
    void a_priority_is_changed_by_an_edit_and_by_a_bulk_change() {
        EditIssue urgent = new EditIssue(7, null, null, null, null, URGENT, 1, IfMatch.ANY);
        assertThat(given(CREATED).when(urgent)).isEqualTo(accepted(new IssuePrioritized(7, NONE, URGENT, 2)));
        assertThat(given(CREATED.with(URGENT)).when(urgent)).isEqualTo(accepted(new IssueTouched(7, 2)));
        assertThat(given(CREATED).when(new ChangeStatus(7, CLOSED, LOW, 1L)))
                .isEqualTo(accepted(new IssueStatusChanged(7, OPEN, CLOSED, 2), new IssuePrioritized(7, NONE, LOW, 2)));
        assertThat(given(CREATED).when(new ChangeStatus(7, null, LOW, null)))
                .isEqualTo(accepted(new IssuePrioritized(7, NONE, LOW, 2)));
    }

    private static CreateIssue create() {
        return new CreateIssue(7, "Crash", "", OPEN, null);
    }

    @Test
    void an_id_that_is_taken_is_refused() {
        assertThat(given(CREATED).when(new CreateIssue(7, "Crash", "", OPEN, null)))
                .isEqualTo(new Refused(new IssueExists(7)));
    }

    @Test
    void a_blank_or_overlong_title_is_refused() {
        assertThat(given().when(new CreateIssue(7, " \u2003", "", OPEN, null)))
                .isEqualTo(new Refused(new InvalidFields(Map.of("title", List.of("must not be blank")))));
        assertThat(given(CREATED).when(edit(1, "x".repeat(256), null, null, null)))
                .isEqualTo(new Refused(new InvalidFields(Map.of("title", List.of("must be at most 255 characters")))));
    }

    @Test
    void one_edit_leads_to_one_event_for_each_field_that_changes() {
        assertThat(given(CREATED).when(edit(1, "Freeze", "It freezes.", CLOSED, new Assignment(4L))))
                .isEqualTo(accepted(
                        new IssueRetitled(7, "Crash", "Freeze", 2),
                        new IssueDescriptionChanged(7, "It freezes.", 2),
                        new IssueStatusChanged(7, OPEN, CLOSED, 2),
                        new IssueAssigned(7, 3L, 4L, 2)));
    }

    @Test
    void a_field_that_stays_the_same_is_no_change() {
        assertThat(given(CREATED).when(edit(1, " Crash ", "It crashes.", CLOSED, new Assignment(3L))))
                .isEqualTo(accepted(new IssueStatusChanged(7, OPEN, CLOSED, 2)));
    }

    @Test
    void assigning_nobody_differs_from_not_assigning() {
        assertThat(given(CREATED).when(edit(1, null, null, null, new Assignment(null))))
                .isEqualTo(accepted(new IssueAssigned(7, 3L, null, 2)));
        assertThat(given(CREATED).when(edit(1, null, null, null, null))).isEqualTo(accepted(new IssueTouched(7, 2)));
    }

    @Test
    void an_edit_that_changes_nothing_touches_the_issue() {
        assertThat(given(CREATED).when(edit(1, "Crash", "It crashes.", OPEN, new Assignment(3L))))
                .isEqualTo(accepted(new IssueTouched(7, 2)));
    }

    @Test
    void an_edit_of_an_old_or_a_future_version_is_stale() {
        var touched = given(CREATED, new IssueTouched(7, 2));
        assertThat(touched.when(edit(1, "Freeze", null, null, null))).isEqualTo(new Refused(new StaleVersion(7, 1, 2)));
        assertThat(touched.when(edit(3, "Freeze", null, null, null))).isEqualTo(new Refused(new StaleVersion(7, 3, 2)));
    }

    @Test
    void what_does_not_exist_cannot_be_changed() {
        assertThat(given().when(edit(1, "Freeze", null, null, null))).isEqualTo(new Refused(new UnknownIssue(7)));
        assertThat(given().when(new ChangeStatus(7, CLOSED, null))).isEqualTo(new Refused(new UnknownIssue(7)));
        assertThat(given().when(new CommentOnIssue(7, 1, 3, "ada", "Seen.")))
                .isEqualTo(new Refused(new UnknownIssue(7)));
        assertThat(given().when(new ReplaceLabels(7, List.of()))).isEqualTo(new Refused(new UnknownIssue(7)));
    }

    @Test
    void an_unmet_precondition_is_told_before_a_stale_version() {
        var commented = given(CREATED, new IssueCommented(7, 1, 3, "ada", "Seen."));
        assertThat(commented.when(conditional(9, new Seen(2, null))))
                .isEqualTo(new Refused(new PreconditionFailed(7, 1)));
        assertThat(commented.when(conditional(1, new Seen(1, 0L))))
                .isEqualTo(new Refused(new PreconditionFailed(7, 1)));
        assertThat(commented.when(conditional(1))).isEqualTo(new Refused(new PreconditionFailed(7, 1)));
    }

    @Test
    void any_one_of_the_tags_will_do() {
        var commented = given(CREATED, new IssueCommented(7, 1, 3, "ada", "Seen."));
        assertThat(commented.when(conditional(1, new Seen(9, null), new Seen(1, 1L))))
                .isEqualTo(accepted(new IssueTouched(7, 2)));
        assertThat(commented.when(conditional(1, new Seen(1, null)))).isEqualTo(accepted(new IssueTouched(7, 2)));
    }

    @Test
    void a_bulk_change_to_the_present_status_touches_the_issue() {
        assertThat(given(CREATED).when(new ChangeStatus(7, OPEN, null))).isEqualTo(accepted(new IssueTouched(7, 2)));
    }

    @Test
    void a_bulk_change_may_name_the_version_it_expects() {
        assertThat(given(CREATED).when(new ChangeStatus(7, CLOSED, 1L)))
                .isEqualTo(accepted(new IssueStatusChanged(7, OPEN, CLOSED, 2)));
        assertThat(given(CREATED).when(new ChangeStatus(7, CLOSED, 2L)))
                .isEqualTo(new Refused(new StaleVersion(7, 2, 1)));
    }

    @Test
    void withdrawing_an_issue_leads_to_one_more_version() {
        assertThat(given(CREATED, new IssueTouched(7, 2)).when(new WithdrawIssue(7)))
                .isEqualTo(accepted(new IssueWithdrawn(7, 3)));
        assertThat(given().when(new WithdrawIssue(7))).isEqualTo(new Refused(new UnknownIssue(7)));
    }

    @Test
    void what_was_withdrawn_cannot_be_changed_nor_withdrawn_again() {
        var withdrawn = given(CREATED, new IssueWithdrawn(7, 2));
        var refused = new Refused(new WithdrawnIssue(7));
        assertThat(withdrawn.when(edit(2, "Freeze", null, null, null))).isEqualTo(refused);
        assertThat(withdrawn.when(edit(1, " ", null, null, null))).isEqualTo(refused);
        assertThat(withdrawn.when(new ChangeStatus(7, CLOSED, null))).isEqualTo(refused);
        assertThat(withdrawn.when(new CommentOnIssue(7, 1, 3, "ada", "Seen."))).isEqualTo(refused);
        assertThat(withdrawn.when(new ReplaceLabels(7, List.of()))).isEqualTo(refused);
        assertThat(withdrawn.when(new WithdrawIssue(7))).isEqualTo(refused);
        assertThat(withdrawn.when(new CreateIssue(7, "Crash", "", OPEN, null)))
                .isEqualTo(new Refused(new IssueExists(7)));
    }

    @Test
    void a_comment_is_kept_to_the_letter_unless_it_is_blank() {
        assertThat(given(CREATED).when(new CommentOnIssue(7, 5, 3, "ada", " Seen. ")))
                .isEqualTo(accepted(new IssueCommented(7, 5, 3, "ada", " Seen. ")));
        assertThat(given(CREATED).when(new CommentOnIssue(7, 5, 3, "ada", "\n")))
                .isEqualTo(new Refused(new InvalidFields(Map.of("body", List.of("must not be blank")))));
    }

    @Test
    void replacing_labels_tells_the_whole_set_and_the_difference() {
        assertThat(given(CREATED, labelled(BUG, UI)).when(new ReplaceLabels(7, List.of(SLOW, UI, SLOW))))
                .isEqualTo(accepted(new IssueLabelsReplaced(7, List.of(SLOW, UI), List.of(SLOW), List.of(BUG))));
    }

    @Test
    void replacing_labels_by_the_same_ones_writes_nothing() {
        assertThat(given(CREATED, labelled(BUG, UI)).when(new ReplaceLabels(7, List.of(UI, BUG, UI))))
                .isEqualTo(accepted());
        assertThat(given(CREATED).when(new ReplaceLabels(7, List.of()))).isEqualTo(accepted());
        IssueCreated labelled = new IssueCreated(7, "Crash", "", OPEN, null, 1).with(List.of(BUG, UI));
        assertThat(given(labelled).when(new ReplaceLabels(7, List.of(UI, BUG)))).isEqualTo(accepted());
        assertThat(given(labelled).when(new ReplaceLabels(7, List.of(UI))))
                .isEqualTo(accepted(new IssueLabelsReplaced(7, List.of(UI), List.of(), List.of(BUG))));
    }

    @Test
    void text_that_cannot_be_stored_is_refused_on_every_way_in() {
        assertThat(given().when(new CreateIssue(7, "a\0b", "\ud800", OPEN, null)))
                .isEqualTo(new Refused(new InvalidFields(Map.of(
                        "title", List.of("must not contain the character U+0000"),
                        "description", List.of("must not contain half of a surrogate pair")))));
        assertThat(given(CREATED).when(edit(1, null, "\udc00", null, null))).isInstanceOf(Refused.class);
        assertThat(given(CREATED).when(new CommentOnIssue(7, 5, 3, "ada", "\0x")))
                .isInstanceOf(Refused.class);
        assertThat(given(CREATED).when(new ReplaceLabels(7, List.of(new Label(1, "\0x")))))
                .isInstanceOf(Refused.class);
    }

    private static IssueLabelsReplaced labelled(Label... labels) {
        return new IssueLabelsReplaced(7, List.of(labels), List.of(labels), List.of());
    }

    private static EditIssue edit(long version, String title, String description, IssueStatus status, Assignment to) {
        return new EditIssue(7, title, description, status, to, version, IfMatch.ANY);
    }

    private static EditIssue conditional(long version, Seen... accepted) {
        return new EditIssue(7, null, null, null, null, version, IfMatch.oneOf(List.of(accepted)));
    }

    private static Decision accepted(IssueEvent... events) {
        return new Accepted(List.of(events));
    }

    private static History given(IssueEvent... events) {
        return new History(List.of(events));
    }

    private record History(List<IssueEvent> events) {

        Decision when(IssueCommand command) {
            IssueState state = null;
            for (IssueEvent event : events) {
                state = IssueEvolution.evolve(state, event, NOON);
            }
            return IssueDecider.decide(state, events.size() - 1, command);
        }
    }
}
