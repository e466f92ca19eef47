package dev.recount.command.undo;

import static dev.recount.events.IssuePriority.HIGH;
import static dev.recount.events.IssuePriority.NONE;
import static dev.recount.events.IssuePriority.URGENT;
import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueEvolution;
import dev.recount.command.issue.IssueField;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.KeptField;
import dev.recount.command.issue.PastEvent;
import dev.recount.command.issue.Rejection.ChangedSince;
import dev.recount.command.issue.Rejection.NoSuchEdit;
import dev.recount.command.issue.Rejection.PreconditionFailed;
import dev.recount.command.issue.Rejection.StaleVersion;
import dev.recount.command.issue.Rejection.WithdrawnIssue;
import dev.recount.command.issue.RevertTarget;
import dev.recount.command.issue.RevertTarget.Edit;
import dev.recount.command.issue.RevertTarget.ToVersion;
import dev.recount.command.undo.RevertDecision.Decided;
import dev.recount.command.undo.RevertDecision.Refused;
import dev.recount.command.undo.UndoDecider.Restoration;
import dev.recount.command.undo.UndoDecider.Restoration.Kept;
import dev.recount.command.undo.UndoDecider.Restoration.Restored;
import dev.recount.command.undo.UndoDecider.Restoration.Unchanged;
import dev.recount.events.ChangedPriority;
import dev.recount.events.ChangedStatus;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UndoDeciderTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static final IssueCreated CREATED = new IssueCreated(7, "Crash", "It crashes.", OPEN, 3L, 1);
    /** Version 2. */
    private static final IssueRetitled RETITLED = new IssueRetitled(7, "Crash", "Freeze", 2);

    private static final IssueDescriptionChanged DESCRIBED = new IssueDescriptionChanged(7, "It freezes.", 3);
    private static final IssueStatusChanged CLOSED_AT_4 = new IssueStatusChanged(7, OPEN, CLOSED, 4);
    private static final IssueCommented COMMENTED = new IssueCommented(7, 1, 3, "ada", "Seen.");

    @Test
    void going_back_to_a_version_takes_everything_back_that_came_after_it() {
        assertThat(given(CREATED, RETITLED, COMMENTED, DESCRIBED, CLOSED_AT_4, new IssueAssigned(7, 3L, null, 4))
                        .when(revert(4, new ToVersion(2))))
                .isEqualTo(new Decided(
                        List.of(
                                new IssueDescriptionChanged(7, "It crashes.", 5),
                                new IssueStatusChanged(7, CLOSED, OPEN, 5),
                                new IssueAssigned(7, null, 3L, 5)),
                        List.of(IssueField.DESCRIPTION, IssueField.STATUS, IssueField.ASSIGNEE),
                        List.of()));
    }

    @Test
    void going_back_to_where_the_issue_is_writes_nothing() {
        assertThat(given(CREATED, RETITLED).when(revert(2, new ToVersion(2)))).isEqualTo(nothing());
        assertThat(given(CREATED, RETITLED, new IssueRetitled(7, "Freeze", "Crash", 3))
                        .when(revert(3, new ToVersion(1))))
                .isEqualTo(nothing());
    }

    @Test
    void one_edit_is_taken_back_and_others_stay() {
        assertThat(given(CREATED, RETITLED, DESCRIBED, CLOSED_AT_4).when(revert(4, new Edit(2))))
                .isEqualTo(new Decided(
                        List.of(new IssueRetitled(7, "Freeze", "Crash", 5)), List.of(IssueField.TITLE), List.of()));
    }

    @Test
    void an_edit_of_several_fields_is_taken_back_whole() {
        assertThat(given(CREATED, RETITLED, new IssueStatusChanged(7, OPEN, RESOLVED, 2), COMMENTED)
                        .when(revert(2, new Edit(2))))
                .isEqualTo(new Decided(
                        List.of(
                                new IssueRetitled(7, "Freeze", "Crash", 3),
                                new IssueStatusChanged(7, RESOLVED, OPEN, 3)),
                        List.of(IssueField.TITLE, IssueField.STATUS),
                        List.of()));
    }

    @Test
    void an_edit_is_not_taken_back_where_a_field_of_it_was_changed_again() {
        var again = new IssueRetitled(7, "Freeze", "Hang", 3);
        var history = given(CREATED, RETITLED, new IssueStatusChanged(7, OPEN, RESOLVED, 2), again);
        var kept = new KeptField(IssueField.TITLE, List.of(history.past().get(3)));
        assertThat(history.when(revert(3, new Edit(2)))).isEqualTo(new Refused(new ChangedSince(7, List.of(kept))));
        assertThat(history.when(merging(3, new Edit(2))))
                .isEqualTo(new Decided(
                        List.of(new IssueStatusChanged(7, RESOLVED, OPEN, 4)),
                        List.of(IssueField.STATUS),
                        List.of(kept)));
    }

    @Test
    void a_field_that_has_its_former_value_again_stands_in_nobodys_way() {
        var back = new IssueRetitled(7, "Freeze", "Crash", 3);
        assertThat(given(CREATED, RETITLED, back).when(revert(3, new Edit(2)))).isEqualTo(nothing());
        assertThat(given(CREATED, RETITLED, new IssueStatusChanged(7, OPEN, RESOLVED, 2), back)
                        .when(revert(3, new Edit(2))))
                .isEqualTo(new Decided(
                        List.of(new IssueStatusChanged(7, RESOLVED, OPEN, 4)), List.of(IssueField.STATUS), List.of()));
    }

    @Test
    void where_all_was_changed_again_a_merge_leaves_it_all() {
        var again = new IssueRetitled(7, "Freeze", "Hang", 3);
        var history = given(CREATED, RETITLED, again);
        assertThat(history.when(merging(3, new Edit(2))))
                .isEqualTo(new Decided(
                        List.of(),
                        List.of(),
                        List.of(new KeptField(
                                IssueField.TITLE, List.of(history.past().get(2))))));
    }

    @Test
    void an_edit_that_changed_nothing_leaves_nothing_to_take_back() {
        assertThat(given(CREATED, new IssueTouched(7, 2)).when(revert(2, new Edit(2))))
                .isEqualTo(nothing());
    }

    @Test
    void a_revert_can_be_reverted() {
        var back = new IssueRetitled(7, "Freeze", "Crash", 3);
        assertThat(given(CREATED, RETITLED, back).when(revert(3, new Edit(3))))
                .isEqualTo(new Decided(
                        List.of(new IssueRetitled(7, "Crash", "Freeze", 4)), List.of(IssueField.TITLE), List.of()));
    }

    @Test
    void versions_that_there_are_not_and_the_creation_cannot_be_reverted() {
        var history = given(CREATED, RETITLED);
        for (var version : List.of(-1L, 0L, 3L)) {
            assertThat(history.when(revert(9, new ToVersion(version))))
                    .isEqualTo(new Refused(new NoSuchEdit(7, new ToVersion(version), 2)));
        }
        for (var version : List.of(0L, 1L, 3L)) {
            assertThat(history.when(revert(9, new Edit(version))))
                    .isEqualTo(new Refused(new NoSuchEdit(7, new Edit(version), 2)));
        }
    }

    @Test
    void it_is_refused_like_an_edit() {
        assertThat(given(CREATED, RETITLED).when(revert(1, new ToVersion(1))))
                .isEqualTo(new Refused(new StaleVersion(7, 1, 2)));
        assertThat(given(CREATED, RETITLED)
                        .when(new RevertIssue(7, new ToVersion(1), false, 1, IfMatch.oneOf(List.of()))))
                .isEqualTo(new Refused(new PreconditionFailed(7, 2)));
        assertThat(given(CREATED, RETITLED, new IssueWithdrawn(7, 3)).when(revert(3, new ToVersion(1))))
                .isEqualTo(new Refused(new WithdrawnIssue(7)));
    }

    @Test
    void only_what_others_did_speaks_against_a_withdrawal() {
        var mine = new PastEvent(1, RETITLED, NOON, 3L);
        var others = new PastEvent(2, COMMENTED, NOON, 4L);
        var nobodys = new PastEvent(3, DESCRIBED, NOON, null);
        assertThat(UndoDecider.doneByOthers(List.of(mine), 3L)).isEmpty();
        assertThat(UndoDecider.doneByOthers(List.of(mine, others, nobodys), 3L)).containsExactly(others, nobodys);
        assertThat(UndoDecider.doneByOthers(List.of(mine, others, nobodys), null))
                .containsExactly(mine, others, nobodys);
    }

    @Test
    void a_bulk_change_of_a_priority_is_taken_back_unless_it_was_changed_again() {
        var change = new ChangedStatus(7, OPEN, CLOSED, 4, 4, new ChangedPriority(NONE, HIGH));
        var history = given(CREATED, RETITLED, DESCRIBED, CLOSED_AT_4, new IssuePrioritized(7, NONE, HIGH, 4));
        assertThat(history.undo(change))
                .isEqualTo(new Restored(
                        List.of(new IssueStatusChanged(7, CLOSED, OPEN, 5), new IssuePrioritized(7, HIGH, NONE, 5))));
        var again = history.and(new IssuePrioritized(7, HIGH, URGENT, 5));
        assertThat(again.undo(change)).isEqualTo(new Kept(List.of(again.past().getLast())));
        var reopened = history.and(new IssueStatusChanged(7, CLOSED, OPEN, 5));
        assertThat(reopened.undo(change)).isEqualTo(new Restored(List.of(new IssuePrioritized(7, HIGH, NONE, 6))));
    }

    @Test
    void a_bulk_change_is_taken_back_unless_the_status_was_changed_again() {
        var change = new ChangedStatus(7, OPEN, CLOSED, 4, 3);
        var history = given(CREATED, RETITLED, DESCRIBED, CLOSED_AT_4);
        var restored = new Restored(List.of(new IssueStatusChanged(7, CLOSED, OPEN, 5)));
        assertThat(history.undo(change)).isEqualTo(restored);
        assertThat(history.and(COMMENTED, new IssueRetitled(7, "Freeze", "Hang", 5))
                        .undo(change))
                .isEqualTo(new Restored(List.of(new IssueStatusChanged(7, CLOSED, OPEN, 6))));
        var again = history.and(new IssueStatusChanged(7, CLOSED, IN_PROGRESS, 5));
        assertThat(again.undo(change)).isEqualTo(new Kept(List.of(again.past().getLast())));
        assertThat(again.and(new IssueStatusChanged(7, IN_PROGRESS, CLOSED, 6)).undo(change))
                .isEqualTo(new Kept(again.and(new IssueStatusChanged(7, IN_PROGRESS, CLOSED, 6))
                        .past()
                        .subList(4, 6)));
        assertThat(history.and(new IssueStatusChanged(7, CLOSED, OPEN, 5)).undo(change))
                .isEqualTo(new Unchanged());
        assertThat(history.and(new IssueWithdrawn(7, 5)).undo(change)).isEqualTo(new Unchanged());
        assertThat(history.undo(new ChangedStatus(7, CLOSED, CLOSED, 4, 3))).isEqualTo(new Unchanged());
    }

    private static RevertIssue revert(long version, RevertTarget target) {
        return new RevertIssue(7, target, false, version, IfMatch.ANY);
    }

    private static RevertIssue merging(long version, RevertTarget target) {
        return new RevertIssue(7, target, true, version, IfMatch.ANY);
    }

    private static RevertDecision nothing() {
        return new Decided(List.of(), List.of(), List.of());
    }

    private static History given(IssueEvent... events) {
        return new History(List.of(events));
    }

    private record History(List<IssueEvent> events) {

        History and(IssueEvent... more) {
            var all = new ArrayList<>(events);
            all.addAll(List.of(more));
            return new History(all);
        }

        List<PastEvent> past() {
            return IntStream.range(0, events.size())
                    .mapToObj(sequence -> new PastEvent(sequence, events.get(sequence), NOON, 3L))
                    .toList();
        }

        private IssueState state() {
            IssueState state = null;
            for (IssueEvent event : events) {
                state = IssueEvolution.evolve(state, event, NOON);
            }
            return state;
        }

        RevertDecision when(RevertIssue command) {
            return UndoDecider.revert(state(), events.size() - 1, past(), command);
        }

        Restoration undo(ChangedStatus change) {
            return UndoDecider.restore(state(), past().subList((int) change.sequence() + 1, events.size()), change);
        }
    }
}
