package dev.recount.command.undo;

import dev.recount.command.issue.Decision;
import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueCommand.Assignment;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueDecider;
import dev.recount.command.issue.IssueEvolution;
import dev.recount.command.issue.IssueField;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.KeptField;
import dev.recount.command.issue.PastEvent;
import dev.recount.command.issue.Rejection;
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
import dev.recount.events.ChangedStatus;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what is taken back of an issue, knowing what has happened to it. */
public final class UndoDecider {

    private UndoDecider() {}

    /**
     * What others have done with an issue, each of which speaks against withdrawing it.
     *
     * @param since what has happened after the issue was imported
     * @param importer null where nobody was named: then everybody is another
     */
    public static List<PastEvent> doneByOthers(List<PastEvent> since, @Nullable Long importer) {
        return since.stream()
                .filter(event -> importer == null || !importer.equals(event.actor()))
                .toList();
    }

    /** The changes of a field among what has happened. */
    public static List<PastEvent> changesOf(IssueField field, List<PastEvent> past) {
        return past.stream().filter(event -> field.isChangedBy(event.event())).toList();
    }

    /** What becomes of an issue when a bulk change is undone. */
    public sealed interface Restoration {

        record Restored(List<IssueEvent> events) implements Restoration {}

        /** Its status stays, because of these later changes of it. */
        record Kept(List<PastEvent> later) implements Restoration {}

        /** There is nothing to take back. */
        record Unchanged() implements Restoration {}
    }

    /** @param since what has happened after the bulk change */
    public static Restoration restore(IssueState state, List<PastEvent> since, ChangedStatus change) {
        if (state.withdrawn() || change.from() == change.to() || state.status() == change.from()) {
            return new Restoration.Unchanged();
        }
        List<PastEvent> later = changesOf(IssueField.STATUS, since);
        return later.isEmpty()
                ? new Restoration.Restored(
                        List.of(new IssueStatusChanged(state.id(), state.status(), change.from(), state.version() + 1)))
                : new Restoration.Kept(later);
    }

    /**
     * Takes edits back by one more edit.
     *
     * @param sequence of the last event of the issue's stream
     * @param past everything that led to the state
     */
    public static RevertDecision revert(IssueState state, long sequence, List<PastEvent> past, RevertIssue command) {
        Optional<Rejection> rejection = rejection(state, sequence, command);
        if (rejection.isPresent()) {
            return new Refused(rejection.get());
        }
        RevertTarget target = command.target();
        IssueState former = stateAt(past, target instanceof Edit ? target.version() - 1 : target.version());
        Set<IssueField> different = EnumSet.noneOf(IssueField.class);
        for (IssueField field : touchedBy(past, target)) {
            if (!Objects.equals(field.in(former), field.in(state))) {
                different.add(field);
            }
        }
        List<KeptField> kept = changedAgain(past, target, different);
        if (!kept.isEmpty() && !command.merge()) {
            return new Refused(new ChangedSince(state.id(), kept));
        }
        kept.forEach(field -> different.remove(field.field()));
        return different.isEmpty()
                ? new Decided(List.of(), List.of(), kept)
                : putBack(state, sequence, former, different, kept);
    }

    private static Optional<Rejection> rejection(IssueState state, long sequence, RevertIssue command) {
        long first = command.target() instanceof Edit ? 2 : 1;
        long version = command.target().version();
        if (state.withdrawn()) {
            return Optional.of(new WithdrawnIssue(state.id()));
        }
        if (version < first || version > state.version()) {
            return Optional.of(new NoSuchEdit(state.id(), command.target(), state.version()));
        }
        if (!command.ifMatch().holds(state.version(), sequence)) {
            return Optional.of(new PreconditionFailed(state.id(), state.version()));
        }
        return command.expectedVersion() == state.version()
                ? Optional.empty()
                : Optional.of(new StaleVersion(state.id(), command.expectedVersion(), state.version()));
    }

    private static IssueState stateAt(List<PastEvent> past, long version) {
        IssueState state = null;
        for (PastEvent event : past) {
            IssueState next = IssueEvolution.evolve(state, event.event(), event.at());
            if (next != null && next.version() > version) {
                break;
            }
            state = next;
        }
        return Objects.requireNonNull(state, "An issue begins with its creation");
    }

    private static Set<IssueField> touchedBy(List<PastEvent> past, RevertTarget target) {
        Set<IssueField> touched = EnumSet.noneOf(IssueField.class);
        for (IssueField field : IssueField.values()) {
            for (PastEvent event : changesOf(field, past)) {
                long version = versionOf(event.event());
                boolean meant = switch (target) {
                    case ToVersion to -> version > to.version();
                    case Edit edit -> version == edit.version();
                };
                if (meant) {
                    touched.add(field);
                }
            }
        }
        return touched;
    }

    /** Who goes back to a version takes everything back that came after it, so nothing can stand in the way. */
    private static List<KeptField> changedAgain(List<PastEvent> past, RevertTarget target, Set<IssueField> fields) {
        List<KeptField> kept = new ArrayList<>();
        if (target instanceof Edit) {
            for (IssueField field : fields) {
                List<PastEvent> later = changesOf(field, past).stream()
                        .filter(event -> versionOf(event.event()) > target.version())
                        .toList();
                if (!later.isEmpty()) {
                    kept.add(new KeptField(field, later));
                }
            }
        }
        return kept;
    }

    private static RevertDecision putBack(
            IssueState state, long sequence, IssueState former, Set<IssueField> fields, List<KeptField> kept) {
        EditIssue edit = new EditIssue(
                state.id(),
                fields.contains(IssueField.TITLE) ? former.title() : null,
                fields.contains(IssueField.DESCRIPTION) ? former.description() : null,
                fields.contains(IssueField.STATUS) ? former.status() : null,
                fields.contains(IssueField.ASSIGNEE) ? new Assignment(former.assignee()) : null,
                state.version(),
                IfMatch.ANY);
        return switch (IssueDecider.decide(state, sequence, edit)) {
            case Accepted(List<IssueEvent> events) -> new Decided(events, List.copyOf(fields), kept);
            case Decision.Refused(Rejection rejection) -> new Refused(rejection);
        };
    }

    /** Of a change of a field; comments and labels are none. */
    private static long versionOf(IssueEvent event) {
        return Objects.requireNonNull(event.leadsTo());
    }
}
