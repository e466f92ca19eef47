package dev.recount.command.undo;

import dev.recount.command.issue.Decision;
import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.IfMatch;
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
import dev.recount.events.ChangedPriority;
import dev.recount.events.ChangedStatus;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides what an undo takes back of an issue, given its past events. */
public final class UndoDecider {

    private UndoDecider() {}

    /**
     * The changes made by other users, each of which conflicts with withdrawing the issue.
     *
     * @param since the events after the import of the issue
     * @param importer null if the request named none; every user is then another user
     */
    public static List<PastEvent> doneByOthers(List<PastEvent> since, @Nullable Long importer) {
        return since.stream()
                .filter(event -> importer == null || !importer.equals(event.actor()))
                .toList();
    }

    /** The changes of a field among past events. */
    public static List<PastEvent> changesOf(IssueField field, List<PastEvent> past) {
        return past.stream().filter(event -> field.isChangedBy(event.event())).toList();
    }

    /** The result of undoing a bulk change for one issue. */
    public sealed interface Restoration {

        record Restored(List<IssueEvent> events) implements Restoration {}

        /** Status and priority stay, because of these later changes. */
        record Kept(List<PastEvent> later) implements Restoration {}

        /** There is nothing to take back. */
        record Unchanged() implements Restoration {}
    }

    /** @param since the events after the bulk change */
    public static Restoration restore(IssueState state, List<PastEvent> since, ChangedStatus change) {
        List<IssueEvent> events = new ArrayList<>(2);
        List<PastEvent> later = new ArrayList<>();
        long version = state.version() + 1;
        ChangedPriority priority = change.priority();
        if (change.from() != change.to() && state.status() != change.from()) {
            events.add(new IssueStatusChanged(state.id(), state.status(), change.from(), version));
            later.addAll(changesOf(IssueField.STATUS, since));
        }
        if (priority != null && state.priority() != priority.from()) {
            events.add(new IssuePrioritized(state.id(), state.priority(), priority.from(), version));
            later.addAll(changesOf(IssueField.PRIORITY, since));
        }
        if (state.withdrawn() || events.isEmpty()) {
            return new Restoration.Unchanged();
        }
        return later.isEmpty() ? new Restoration.Restored(events) : new Restoration.Kept(later);
    }

    /**
     * Takes edits back by one more edit.
     *
     * @param sequence of the last event in the issue's stream
     * @param past all events that led to the state
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

    /** A revert to a version takes back every later edit, so none can conflict. */
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
        EditIssue edit = new EditIssue(state.id(), state.version(), IfMatch.ANY);
        for (IssueField field : fields) {
            edit = edit.with(field, former);
        }
        return switch (IssueDecider.decide(state, sequence, edit)) {
            case Accepted(List<IssueEvent> events) -> new Decided(events, List.copyOf(fields), kept);
            case Decision.Refused(Rejection rejection) -> new Refused(rejection);
        };
    }

    /** The version after a change of a field. Comments and labels do not change fields. */
    private static long versionOf(IssueEvent event) {
        return Objects.requireNonNull(event.leadsTo());
    }
}
