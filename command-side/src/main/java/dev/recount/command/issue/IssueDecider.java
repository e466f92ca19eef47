package dev.recount.command.issue;

import dev.recount.command.issue.Decision.Accepted;
import dev.recount.command.issue.Decision.Refused;
import dev.recount.command.issue.IssueCommand.ChangeStatus;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.IssueCommand.WithdrawIssue;
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
import dev.recount.events.Label;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Decides commands on issues. */
public final class IssueDecider {

    private static final long FIRST_VERSION = 1;

    private IssueDecider() {}

    /**
     * @param state null for an issue that does not exist
     * @param sequence that of the last event in the issue's stream, which only {@code If-Match} needs
     */
    public static Decision decide(@Nullable IssueState state, long sequence, IssueCommand command) {
        if (command instanceof CreateIssue create) {
            return state == null ? create(create) : new Refused(new IssueExists(create.issueId()));
        }
        if (state == null) {
            return new Refused(new UnknownIssue(command.issueId()));
        }
        return state.withdrawn()
                ? new Refused(new WithdrawnIssue(command.issueId()))
                : decideOnExisting(state, sequence, command);
    }

    private static Decision decideOnExisting(IssueState state, long sequence, IssueCommand command) {
        return switch (command) {
            case CreateIssue create -> new Refused(new IssueExists(create.issueId()));
            case EditIssue edit -> edit(state, sequence, edit);
            case ChangeStatus change -> changeStatus(state, change);
            case CommentOnIssue comment -> comment(comment);
            case ReplaceLabels replace -> replaceLabels(state, replace);
            case WithdrawIssue _ -> new Accepted(List.of(new IssueWithdrawn(state.id(), state.version() + 1)));
        };
    }

    private static Decision create(CreateIssue command) {
        return IssueValidation.of(command)
                .orElse(() -> List.of(new IssueCreated(
                        command.issueId(),
                        IssueRules.TITLE.prepare(command.title()),
                        command.description(),
                        command.status(),
                        command.assignee(),
                        FIRST_VERSION,
                        command.labels().stream().distinct().toList(),
                        command.priority())));
    }

    private static Decision edit(IssueState state, long sequence, EditIssue command) {
        if (!command.ifMatch().holds(state.version(), sequence)) {
            return new Refused(new PreconditionFailed(state.id(), state.version()));
        }
        if (command.expectedVersion() != state.version()) {
            return stale(state, command.expectedVersion());
        }
        return IssueValidation.of(command).orElse(() -> touchedIfEmpty(state, changes(state, command)));
    }

    private static List<IssueEvent> changes(IssueState state, EditIssue command) {
        long version = state.version() + 1;
        List<IssueEvent> events = new ArrayList<>(4);
        if (command.title() != null) {
            String title = IssueRules.TITLE.prepare(command.title());
            if (!title.equals(state.title())) {
                events.add(new IssueRetitled(state.id(), state.title(), title, version));
            }
        }
        if (command.description() != null && !command.description().equals(state.description())) {
            events.add(new IssueDescriptionChanged(state.id(), command.description(), version));
        }
        if (command.status() != null && command.status() != state.status()) {
            events.add(new IssueStatusChanged(state.id(), state.status(), command.status(), version));
        }
        if (command.assignment() != null && !Objects.equals(command.assignment().to(), state.assignee())) {
            events.add(new IssueAssigned(
                    state.id(), state.assignee(), command.assignment().to(), version));
        }
        if (command.priority() != null && command.priority() != state.priority()) {
            events.add(new IssuePrioritized(state.id(), state.priority(), command.priority(), version));
        }
        return events;
    }

    private static Decision changeStatus(IssueState state, ChangeStatus command) {
        Long expected = command.expectedVersion();
        if (expected != null && expected != state.version()) {
            return stale(state, expected);
        }
        EditIssue edit = new EditIssue(
                state.id(), null, null, command.status(), null, command.priority(), state.version(), IfMatch.ANY);
        return new Accepted(touchedIfEmpty(state, changes(state, edit)));
    }

    /** Every accepted edit increments the version, even one that changes nothing. */
    private static List<IssueEvent> touchedIfEmpty(IssueState state, List<IssueEvent> changes) {
        return changes.isEmpty() ? List.of(new IssueTouched(state.id(), state.version() + 1)) : changes;
    }

    private static Decision stale(IssueState state, long expectedVersion) {
        return new Refused(new StaleVersion(state.id(), expectedVersion, state.version()));
    }

    private static Decision comment(CommentOnIssue command) {
        return IssueValidation.of(command)
                .orElse(() -> List.of(new IssueCommented(
                        command.issueId(), command.commentId(), command.author(), command.username(), command.body())));
    }

    private static Decision replaceLabels(IssueState state, ReplaceLabels command) {
        return IssueValidation.of(command).orElse(() -> {
            List<Label> labels = command.labels().stream().distinct().toList();
            Set<Label> before = new HashSet<>(state.labels());
            Set<Label> after = new HashSet<>(labels);
            return before.equals(after)
                    ? List.of()
                    : List.of(new IssueLabelsReplaced(
                            state.id(), labels, without(labels, before), without(state.labels(), after)));
        });
    }

    private static List<Label> without(List<Label> labels, Set<Label> others) {
        return labels.stream().filter(label -> !others.contains(label)).toList();
    }
}
