package dev.recount.command.undo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueCommand.Assignment;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueDecider;
import dev.recount.command.issue.IssueEvolution;
import dev.recount.command.issue.IssueField;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.KeptField;
import dev.recount.command.issue.PastEvent;
import dev.recount.command.issue.Rejection.ChangedSince;
import dev.recount.command.issue.RevertTarget;
import dev.recount.command.issue.RevertTarget.Edit;
import dev.recount.command.issue.RevertTarget.ToVersion;
import dev.recount.command.undo.RevertDecision.Decided;
import dev.recount.command.undo.RevertDecision.Refused;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** After random edits, an undo is either refused correctly or restores exactly the fields of the edit. */
class UndoLawsTest {

    private static final long ISSUE = 7;
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    /** Remembers the issue at every version, without using events. */
    private static final class Model {
        private final Random random;
        private final List<PastEvent> past = new ArrayList<>();
        private final List<Map<IssueField, Object>> versions = new ArrayList<>();
        private IssueState state;

        Model(long seed) {
            random = new Random(seed);
            happen(new CreateIssue(ISSUE, title(), text(), status(), assignee()).with(priority()));
        }

        void happen(IssueCommand command) {
            var decision = (Accepted) IssueDecider.decide(state, past.size() - 1, command);
            happened(decision.events());
        }

        void happened(List<IssueEvent> events) {
            var at = START.plusSeconds(past.size());
            for (IssueEvent event : events) {
                past.add(new PastEvent(past.size(), event, at, 1 + random.nextLong(3)));
                state = IssueEvolution.evolve(state, event, at);
            }
            if (state.version() > versions.size()) {
                versions.add(fields(state));
            }
        }

        void edit() {
            happen(
                    random.nextInt(5) == 0
                            ? new CommentOnIssue(ISSUE, 1, 3, "ada", "Seen.")
                            : new EditIssue(
                                    ISSUE,
                                    random.nextInt(3) == 0 ? title() : null,
                                    random.nextInt(3) == 0 ? text() : null,
                                    random.nextInt(3) == 0 ? status() : null,
                                    random.nextInt(3) == 0 ? new Assignment(assignee()) : null,
                                    random.nextInt(3) == 0 ? priority() : null,
                                    state.version(),
                                    IfMatch.ANY));
        }

        Map<IssueField, Object> at(long version) {
            return versions.get((int) version - 1);
        }

        Set<IssueField> changedBetween(long earlier, long later) {
            var changed = EnumSet.noneOf(IssueField.class);
            for (var version = earlier + 1; version <= later; version++) {
                for (var field : IssueField.values()) {
                    if (!Objects.equals(at(version).get(field), at(version - 1).get(field))) {
                        changed.add(field);
                    }
                }
            }
            return changed;
        }

        RevertDecision revert(RevertTarget target, boolean merge) {
            return UndoDecider.revert(
                    state, past.size() - 1, past, new RevertIssue(ISSUE, target, merge, state.version(), IfMatch.ANY));
        }

        private static Map<IssueField, Object> fields(IssueState state) {
            var fields = new HashMap<IssueField, Object>();
            fields.put(IssueField.TITLE, state.title());
            fields.put(IssueField.DESCRIPTION, state.description());
            fields.put(IssueField.STATUS, state.status());
            fields.put(IssueField.ASSIGNEE, state.assignee());
            fields.put(IssueField.PRIORITY, state.priority());
            return fields;
        }

        private String title() {
            return "Title " + random.nextInt(3);
        }

        private String text() {
            return "Text " + random.nextInt(3);
        }

        private IssueStatus status() {
            return IssueStatus.values()[random.nextInt(4)];
        }

        private IssuePriority priority() {
            return IssuePriority.values()[random.nextInt(5)];
        }

        private Long assignee() {
            return random.nextBoolean() ? null : 1 + random.nextLong(2);
        }
    }

    @Property(tries = 1000, seed = "20260322")
    void going_back_to_any_version_restores_all_fields_of_that_version(@ForAll long seed) {
        var model = new Model(seed);
        for (var edit = 0; edit < 12; edit++) {
            model.edit();
        }
        var before = model.state.version();
        var to = 1 + model.random.nextLong(before);
        var decided = (Decided) model.revert(new ToVersion(to), model.random.nextBoolean());
        var differs = !model.at(to).equals(model.at(before));
        model.happened(decided.events());
        assertThat(Model.fields(model.state)).isEqualTo(model.at(to));
        assertThat(model.state.version()).isEqualTo(before + (differs ? 1 : 0));
        assertThat(decided.kept()).isEmpty();
    }

    @Property(tries = 1000, seed = "20260322")
    void the_undo_of_an_edit_restores_its_fields_and_no_others_or_is_refused_for_later_changes(@ForAll long seed) {
        var model = new Model(seed);
        do {
            model.edit();
        } while (model.state.version() < 2 || model.random.nextInt(8) != 0);
        var before = model.state.version();
        var present = model.at(before);
        var edit = 2 + model.random.nextLong(before - 1);
        var former = model.at(edit - 1);
        var own = model.changedBetween(edit - 1, edit);
        var changedLater = model.changedBetween(edit, before);
        var wanted = EnumSet.noneOf(IssueField.class);
        own.stream()
                .filter(field -> !Objects.equals(former.get(field), present.get(field)))
                .forEach(wanted::add);
        var disputed = EnumSet.copyOf(wanted);
        disputed.retainAll(changedLater);

        var strict = model.revert(new Edit(edit), false);
        if (disputed.isEmpty()) {
            assertThat(strict).isInstanceOf(Decided.class);
        } else {
            assertThat(strict).isInstanceOf(Refused.class);
            var refused = (ChangedSince) ((Refused) strict).rejection();
            assertThat(refused.fields().stream().map(KeptField::field)).containsExactlyElementsOf(disputed);
            refused.fields()
                    .forEach(kept -> assertThat(kept.later())
                            .isNotEmpty()
                            .allMatch(later -> kept.field().isChangedBy(later.event())
                                    && later.event().leadsTo() > edit));
        }
        var merged = (Decided) model.revert(new Edit(edit), true);
        assertThat(merged.kept().stream().map(KeptField::field)).containsExactlyElementsOf(disputed);
        model.happened(merged.events());
        for (var field : Arrays.asList(IssueField.values())) {
            var restored = wanted.contains(field) && !disputed.contains(field);
            assertThat(merged.takenBack().contains(field)).isEqualTo(restored);
            assertThat(Model.fields(model.state).get(field))
                    .as("%s", field)
                    .isEqualTo(restored ? former.get(field) : present.get(field));
        }
        assertThat(model.state.version()).isEqualTo(before + (merged.takenBack().isEmpty() ? 0 : 1));
        if (disputed.isEmpty()) {
            assertThat(model.revert(new Edit(edit), false))
                    .as("once more")
                    .isEqualTo(new Decided(List.of(), List.of(), List.of()));
        }
    }
}
