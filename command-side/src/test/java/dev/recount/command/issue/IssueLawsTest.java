package dev.recount.command.issue;

import static java.util.stream.Collectors.toSet;
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
import dev.recount.command.issue.Rejection.StaleVersion;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.events.IssueEvent.IssueWithdrawn;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Properties that hold for every issue, after any commands in any order. */
class IssueLawsTest {

    private static final long ISSUE = 7;
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @Property(tries = 500, seed = "20260301")
    void the_version_goes_up_by_one_with_each_accepted_edit_and_with_nothing_else(
            @ForAll("commands") List<IssueCommand> commands) {
        History history = new History();
        for (IssueCommand command : commands) {
            IssueState before = history.state;
            Decision decision = history.handle(command);
            if (before == null) {
                continue;
            }
            boolean edit =
                    command instanceof EditIssue || command instanceof ChangeStatus || command instanceof WithdrawIssue;
            boolean moves = edit && decision instanceof Accepted;
            assertThat(history.state.version()).isEqualTo(before.version() + (moves ? 1 : 0));
            assertThat(history.state.updatedAt().isAfter(before.updatedAt())).isEqualTo(moves);
            assertThat(history.state.createdAt()).isEqualTo(before.createdAt());
            assertThat(history.state.id()).isEqualTo(ISSUE);
        }
    }

    @Property(tries = 500, seed = "20260301")
    void an_accepted_edit_leaves_the_issue_as_it_was_asked_for(@ForAll("commands") List<IssueCommand> commands) {
        History history = new History();
        for (IssueCommand command : commands) {
            IssueState before = history.state;
            Decision decision = history.handle(command);
            if (decision instanceof Accepted(List<IssueEvent> events) && command instanceof EditIssue edit) {
                IssueState after = history.state;
                assertThat(after.title())
                        .isEqualTo(edit.title() == null ? before.title() : IssueRules.TITLE.prepare(edit.title()));
                assertThat(after.description())
                        .isEqualTo(edit.description() == null ? before.description() : edit.description());
                assertThat(after.status()).isEqualTo(edit.status() == null ? before.status() : edit.status());
                assertThat(after.assignee())
                        .isEqualTo(
                                edit.assignment() == null
                                        ? before.assignee()
                                        : edit.assignment().to());
                assertThat(after.priority()).isEqualTo(edit.priority() == null ? before.priority() : edit.priority());
                assertThat(events).isNotEmpty().doesNotHaveDuplicates();
                assertThat(events.contains(new IssueTouched(ISSUE, after.version())))
                        .isEqualTo(ownFields(before).equals(ownFields(after)));
            }
        }
    }

    @Property(tries = 500, seed = "20260301")
    void a_version_other_than_the_present_one_is_never_accepted(@ForAll("commands") List<IssueCommand> commands) {
        History history = new History();
        for (IssueCommand command : commands) {
            IssueState before = history.state;
            Decision decision = history.handle(command);
            Long expected = expectedVersion(command);
            if (before != null && expected != null && expected != before.version()) {
                assertThat(decision).isInstanceOf(Refused.class);
            }
            if (decision instanceof Refused(StaleVersion stale)) {
                assertThat(expected).isNotEqualTo(before.version());
                assertThat(stale.currentVersion()).isEqualTo(before.version());
            }
        }
    }

    @Property(tries = 500, seed = "20260301")
    void an_unmet_precondition_is_never_accepted(@ForAll("commands") List<IssueCommand> commands) {
        History history = new History();
        for (IssueCommand command : commands) {
            IssueState before = history.state;
            long sequence = history.events.size() - 1;
            Decision decision = history.handle(command);
            if (before != null
                    && command instanceof EditIssue edit
                    && !edit.ifMatch().any()) {
                boolean seen = edit.ifMatch().accepted().contains(new Seen(before.version(), sequence))
                        || edit.ifMatch().accepted().contains(new Seen(before.version(), null));
                assertThat(seen || decision instanceof Refused).isTrue();
            }
        }
    }

    @Property(tries = 500, seed = "20260301")
    void a_refusal_and_the_repetition_of_labels_write_nothing(@ForAll("commands") List<IssueCommand> commands) {
        History history = new History();
        for (IssueCommand command : commands) {
            history.handle(command);
            if (command instanceof ReplaceLabels replace && history.state != null && !history.state.withdrawn()) {
                assertThat(history.state.labels().stream().collect(toSet()))
                        .isEqualTo(replace.labels().stream().collect(toSet()));
                assertThat(history.state.labels()).doesNotHaveDuplicates();
                assertThat(history.handle(command)).isEqualTo(new Accepted(List.of()));
            }
            if (command instanceof CreateIssue && history.state != null) {
                assertThat(history.handle(command)).isInstanceOf(Refused.class);
            }
        }
        assertThat(history.events.stream()
                        .filter(IssueCreated.class::isInstance)
                        .count())
                .isLessThanOrEqualTo(1);
    }

    @Property(tries = 500, seed = "20260301")
    void what_was_decided_once_is_the_same_when_it_is_replayed(@ForAll("commands") List<IssueCommand> commands) {
        History history = new History();
        commands.forEach(history::handle);
        IssueState replayed = null;
        for (int i = 0; i < history.events.size(); i++) {
            replayed = IssueEvolution.evolve(replayed, history.events.get(i), history.times.get(i));
        }
        assertThat(replayed).isEqualTo(history.state);
    }

    @Property(tries = 500, seed = "20260301")
    void any_piece_of_any_history_can_be_evolved(
            @ForAll("commands") List<IssueCommand> commands, @ForAll("commands") List<IssueCommand> others) {
        History history = new History();
        commands.forEach(history::handle);
        History other = new History();
        others.forEach(other::handle);
        List<IssueEvent> mixture = new ArrayList<>(history.events);
        mixture.addAll(0, other.events.subList(other.events.size() / 2, other.events.size()));
        for (int from = 0; from < mixture.size(); from++) {
            IssueState state = null;
            for (IssueEvent event : mixture.subList(from, mixture.size())) {
                state = IssueEvolution.evolve(state, event, START);
            }
        }
    }

    @Property(tries = 500, seed = "20260301")
    void after_a_withdrawal_nothing_is_accepted(@ForAll("commands") List<IssueCommand> commands) {
        History history = new History();
        commands.forEach(history::handle);
        history.handle(new WithdrawIssue(ISSUE));
        Assume.that(history.state != null);
        int events = history.events.size();
        for (IssueCommand command : commands) {
            assertThat(history.handle(command)).isInstanceOf(Refused.class);
        }
        assertThat(history.events)
                .hasSize(events)
                .filteredOn(IssueWithdrawn.class::isInstance)
                .hasSize(1);
        assertThat(history.events.getLast()).isInstanceOf(IssueWithdrawn.class);
    }

    private static List<Object> ownFields(IssueState state) {
        List<Object> fields = new ArrayList<>();
        fields.add(state.title());
        fields.add(state.description());
        fields.add(state.status());
        fields.add(state.assignee());
        fields.add(state.priority());
        return fields;
    }

    private static Long expectedVersion(IssueCommand command) {
        return switch (command) {
            case EditIssue edit -> edit.expectedVersion();
            case ChangeStatus change -> change.expectedVersion();
            case CreateIssue _, CommentOnIssue _, ReplaceLabels _, WithdrawIssue _ -> null;
        };
    }

    /** Takes the place of the shell: decides on past events and applies the decision. */
    private static final class History {
        private final List<IssueEvent> events = new ArrayList<>();
        private final List<Instant> times = new ArrayList<>();
        private IssueState state;

        Decision handle(IssueCommand command) {
            Decision decision = IssueDecider.decide(state, events.size() - 1, command);
            if (decision instanceof Accepted(List<IssueEvent> happened)) {
                Instant at = START.plusSeconds(events.size());
                for (IssueEvent event : happened) {
                    state = Objects.requireNonNull(IssueEvolution.evolve(state, event, at));
                    events.add(event);
                    times.add(at);
                }
            }
            return decision;
        }
    }

    @Provide
    Arbitrary<List<IssueCommand>> commands() {
        Arbitrary<IssueCommand> first = Arbitraries.frequencyOf(Tuple.of(9, create()), Tuple.of(1, command()));
        return Combinators.combine(first, command().list().ofMaxSize(25)).as((head, tail) -> {
            List<IssueCommand> all = new ArrayList<>(List.of(head));
            all.addAll(tail);
            return all;
        });
    }

    private Arbitrary<IssueCommand> command() {
        return Arbitraries.frequencyOf(
                Tuple.of(4, create()),
                Tuple.of(12, edit()),
                Tuple.of(4, changeStatus()),
                Tuple.of(4, comment()),
                Tuple.of(4, replaceLabels()),
                Tuple.of(1, Arbitraries.just(new WithdrawIssue(ISSUE))));
    }

    private Arbitrary<IssueCommand> create() {
        return Combinators.combine(title(), text(), status(), user().injectNull(0.3), priority())
                .as((title, description, status, assignee, priority) ->
                        new CreateIssue(ISSUE, title, description, status, assignee).with(priority));
    }

    private Arbitrary<IssueCommand> edit() {
        return Combinators.combine(
                        title().injectNull(0.5),
                        text().injectNull(0.5),
                        status().injectNull(0.5),
                        user().injectNull(0.3).map(Assignment::new).injectNull(0.5),
                        priority().injectNull(0.5),
                        version(),
                        ifMatch())
                .as((title, description, status, assignment, priority, version, ifMatch) ->
                        new EditIssue(ISSUE, title, description, status, assignment, priority, version, ifMatch));
    }

    private Arbitrary<IssueCommand> changeStatus() {
        return Combinators.combine(
                        status().injectNull(0.2),
                        priority().injectNull(0.5),
                        version().injectNull(0.5))
                .as((status, priority, version) -> new ChangeStatus(ISSUE, status, priority, version));
    }

    private static Arbitrary<IssuePriority> priority() {
        return Arbitraries.of(IssuePriority.class);
    }

    private Arbitrary<IssueCommand> comment() {
        return Combinators.combine(user(), text())
                .as((author, body) -> new CommentOnIssue(ISSUE, 1, author, "user" + author, body));
    }

    private Arbitrary<IssueCommand> replaceLabels() {
        return Arbitraries.of(new Label(1, "bug"), new Label(2, "ui"), new Label(3, "slow"))
                .list()
                .ofMaxSize(4)
                .map(labels -> new ReplaceLabels(ISSUE, labels));
    }

    private Arbitrary<IfMatch> ifMatch() {
        Arbitrary<Seen> seen = Combinators.combine(
                        version(), Arbitraries.longs().between(0, 12).injectNull(0.5))
                .as(Seen::new);
        return Arbitraries.frequencyOf(
                Tuple.of(4, Arbitraries.just(IfMatch.ANY)),
                Tuple.of(1, seen.list().ofMaxSize(3).map(IfMatch::oneOf)));
    }

    private Arbitrary<String> title() {
        return Arbitraries.frequencyOf(
                Tuple.of(8, Arbitraries.of("Crash", " Crash ", "Freeze", "Slow\u00a0")),
                Tuple.of(1, text()),
                Tuple.of(1, Arbitraries.of("", " ", "x".repeat(256))));
    }

    private Arbitrary<String> text() {
        return Arbitraries.frequencyOf(
                Tuple.of(3, Arbitraries.of("Seen.", "It crashes.", "", "\0", "\ud800")),
                Tuple.of(1, Arbitraries.strings().ofMaxLength(5)));
    }

    private Arbitrary<IssueStatus> status() {
        return Arbitraries.of(IssueStatus.class);
    }

    private Arbitrary<Long> user() {
        return Arbitraries.longs().between(1, 3);
    }

    private Arbitrary<Long> version() {
        return Arbitraries.longs().between(1, 6);
    }
}
