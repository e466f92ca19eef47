package dev.recount.query.reports;

import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueAssigned;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueLabelsReplaced;
import dev.recount.events.IssueEvent.IssuePrioritized;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.axonframework.eventhandling.DomainEventMessage;

/** Every state that every issue was ever in, and the reports' figures counted from them in the plainest way. */
final class NaiveHistory {

    private final Map<Long, List<State>> issues = new TreeMap<>();

    /** What an issue was like from a moment on. */
    record State(Instant at, IssueStatus status, Long assignee, IssuePriority priority, List<String> labels) {

        LocalDate day() {
            return at.atOffset(ZoneOffset.UTC).toLocalDate();
        }

        private boolean isWithin(Span span) {
            return !day().isBefore(span.from()) && !day().isAfter(span.to());
        }
    }

    /** An issue on its way to the state at the index. */
    record Step(List<State> states, int index) {

        State state() {
            return states.get(index);
        }

        boolean resolves() {
            return state().status().isDone()
                    && (index == 0 || !states.get(index - 1).status().isDone());
        }

        boolean reopens() {
            return index > 0
                    && states.get(index - 1).status().isDone()
                    && !state().status().isDone();
        }

        boolean leavesStatus() {
            return index > 0 && states.get(index - 1).status() != state().status();
        }

        private long micros(Instant since) {
            return Math.max(0, ChronoUnit.MICROS.between(since, state().at()));
        }

        long resolutionMicros() {
            return micros(states.getFirst().at());
        }

        /** Null if the issue was not in progress since its creation or last reopening. */
        Long cycleMicros() {
            var first = index;
            while (first > 0 && !states.get(first - 1).status().isDone()) {
                first--;
            }
            return states.subList(first, index).stream()
                    .filter(state -> state.status() == IssueStatus.IN_PROGRESS)
                    .findFirst()
                    .map(started -> micros(started.at()))
                    .orElse(null);
        }

        IssueStatus leftStatus() {
            return states.get(index - 1).status();
        }

        long stayMicros() {
            var first = index - 1;
            while (first > 0 && states.get(first - 1).status() == leftStatus()) {
                first--;
            }
            return micros(states.get(first).at());
        }
    }

    NaiveHistory(List<DomainEventMessage<?>> messages) {
        for (var message : messages) {
            if (message.getPayload() instanceof IssueWithdrawn withdrawn) {
                issues.remove(withdrawn.issueId());
            } else if (message.getPayload() instanceof IssueEvent event) {
                add(issues.computeIfAbsent(event.issueId(), _ -> new ArrayList<>()), event, message.getTimestamp());
            }
        }
    }

    private static void add(List<State> states, IssueEvent event, Instant at) {
        switch (event) {
            case IssueCreated created ->
                states.add(new State(
                        at, created.status(), created.assignee(), created.priority(), names(created.labels())));
            case IssueStatusChanged changed -> {
                var last = states.getLast();
                states.add(new State(at, changed.to(), last.assignee(), last.priority(), last.labels()));
            }
            case IssueAssigned assigned -> {
                var last = states.getLast();
                states.add(new State(at, last.status(), assigned.to(), last.priority(), last.labels()));
            }
            case IssuePrioritized prioritized -> {
                var last = states.getLast();
                states.add(new State(at, last.status(), last.assignee(), prioritized.to(), last.labels()));
            }
            case IssueLabelsReplaced replaced -> {
                var last = states.getLast();
                states.add(new State(at, last.status(), last.assignee(), last.priority(), names(replaced.labels())));
            }
            default -> {}
        }
    }

    private static List<String> names(List<Label> labels) {
        return labels.stream().map(Label::name).toList();
    }

    Collection<List<State>> issues() {
        return issues.values();
    }

    /** The steps of all issues on the days of the span to a state that the scope has. */
    List<Step> steps(Span span, Predicate<State> scope) {
        return issues.values().stream()
                .flatMap(states -> IntStream.range(0, states.size()).mapToObj(index -> new Step(states, index)))
                .filter(step -> step.state().isWithin(span) && scope.test(step.state()))
                .toList();
    }

    long count(Span span, Predicate<State> scope, Predicate<Step> condition) {
        return steps(span, scope).stream().filter(condition).count();
    }

    /** How many issues were in such a state when the day was over. */
    long atEndOf(LocalDate day, Predicate<State> condition) {
        return issues.values().stream()
                .map(states -> states.stream()
                        .filter(state -> !state.day().isAfter(day))
                        .toList())
                .filter(states -> !states.isEmpty() && condition.test(states.getLast()))
                .count();
    }
}
