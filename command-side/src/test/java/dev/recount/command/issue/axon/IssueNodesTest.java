package dev.recount.command.issue.axon;

import static dev.recount.events.IssueStatus.CLOSED;
import static dev.recount.events.IssueStatus.IN_PROGRESS;
import static dev.recount.events.IssueStatus.OPEN;
import static dev.recount.events.IssueStatus.RESOLVED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.recount.command.bulk.BatchOutcome.AllDone;
import dev.recount.command.bulk.BatchOutcome.NoneDone;
import dev.recount.command.bulk.IssueBatch;
import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.IssueCommand;
import dev.recount.command.issue.IssueCommand.ChangeStatus;
import dev.recount.command.issue.IssueCommand.CommentOnIssue;
import dev.recount.command.issue.IssueCommand.CreateIssue;
import dev.recount.command.issue.IssueCommand.EditIssue;
import dev.recount.command.issue.IssueCommand.ReplaceLabels;
import dev.recount.command.issue.IssueEvolution;
import dev.recount.command.issue.IssueOutcome;
import dev.recount.command.issue.IssueOutcome.Done;
import dev.recount.command.issue.IssueOutcome.Refused;
import dev.recount.command.issue.IssueState;
import dev.recount.command.issue.Rejection.StaleVersion;
import dev.recount.command.issue.Rejection.UnknownIssue;
import dev.recount.command.testing.Node;
import dev.recount.events.IssueEvent;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.Label;
import dev.recount.events.StreamName;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.common.Registration;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Two nodes, each with its cache, on one database. */
class IssueNodesTest {

    private static final Label BUG = new Label(1, "bug");
    private static final Label UI = new Label(2, "ui");

    private static TestDatabase database;
    private static Node one;
    private static Node two;
    private static long lastIssue;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        one = Node.on(database.dataSource());
        two = Node.on(database.dataSource());
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        database.close();
    }

    private final long issue = ++lastIssue;

    @Test
    void edits_that_alternate_between_the_nodes_are_never_stale() {
        created();
        for (int version = 1; version <= 20; version++) {
            IssueState edited = (version % 2 == 0 ? one : two).done(retitle("v" + (version + 1), version));
            assertThat(edited.version()).isEqualTo(version + 1);
            assertThat(edited.title()).isEqualTo("v" + (version + 1));
        }
        assertThat(replayed()).isEqualTo(one.done(new ReplaceLabels(issue, List.of())));
    }

    @Test
    void a_cached_state_that_is_behind_never_refuses_what_is_right() {
        created();
        assertThat(two.tell(retitle("B", 1))).isInstanceOf(Done.class);
        assertThat(one.tell(retitle("C", 2))).isInstanceOf(Done.class);
        assertThat(two.tell(retitle("D", 2))).isEqualTo(new Refused(new StaleVersion(issue, 2, 3)));
    }

    @Test
    void a_cached_state_that_is_behind_never_accepts_what_is_stale() {
        created();
        assertThat(two.tell(retitle("B", 1))).isInstanceOf(Done.class);
        assertThat(one.tell(retitle("C", 1))).isEqualTo(new Refused(new StaleVersion(issue, 1, 2)));
        assertThat(replayed().title()).isEqualTo("B");
    }

    @Test
    void a_cached_state_that_is_behind_never_passes_labels_over() {
        created();
        assertThat(one.done(new ReplaceLabels(issue, List.of(BUG))).labels()).containsExactly(BUG);
        assertThat(two.done(new ReplaceLabels(issue, List.of(UI))).labels()).containsExactly(UI);
        assertThat(one.done(new ReplaceLabels(issue, List.of(BUG))).labels()).containsExactly(BUG);
        assertThat(replayed().labels()).containsExactly(BUG);
    }

    @Test
    void a_refusal_writes_nothing_and_costs_nobody_anything() {
        created();
        long head = one.log().head();
        assertThat(one.tell(retitle("B", 7))).isInstanceOf(Refused.class);
        assertThat(one.tell(new CreateIssue(++lastIssue, " ", "", OPEN, null))).isInstanceOf(Refused.class);
        assertThat(one.tell(new ChangeStatus(lastIssue, CLOSED, null)))
                .isEqualTo(new Refused(new UnknownIssue(lastIssue)));
        assertThat(one.log().head()).isEqualTo(head);
        assertThat(one.done(retitle("B", 1)).version()).isEqualTo(2);
    }

    @Test
    void of_32_clients_with_one_version_on_two_nodes_exactly_one_wins() throws Exception {
        created();
        for (int round = 1; round <= 10; round++) {
            long version = round;
            long head = one.log().head();
            List<IssueOutcome> outcomes = atOnce(32, client -> retitle("round " + version + " by " + client, version));
            List<IssueOutcome> won =
                    outcomes.stream().filter(Done.class::isInstance).toList();
            assertThat(won).hasSize(1);
            assertThat(outcomes)
                    .filteredOn(Refused.class::isInstance)
                    .hasSize(31)
                    .containsOnly(new Refused(new StaleVersion(issue, version, version + 1)));
            assertThat(one.log().head()).isEqualTo(head + 1);
            assertThat(replayed().title())
                    .isEqualTo(((Done) won.getFirst()).state().title());
        }
    }

    @Test
    void comments_never_conflict_on_whatever_node() throws Exception {
        created();
        List<IssueOutcome> outcomes =
                atOnce(32, client -> new CommentOnIssue(issue, client, 1, "admin", "Seen by " + client));
        assertThat(outcomes).allMatch(Done.class::isInstance);
        assertThat(events()).filteredOn(IssueCommented.class::isInstance).hasSize(32);
        assertThat(replayed().version()).isEqualTo(1);
    }

    @Test
    void commands_on_one_issue_queue_up_within_a_node_and_none_is_run_twice() throws Exception {
        created();
        AtomicInteger attempts = new AtomicInteger();
        Registration counting = one.bean(CommandBus.class).registerHandlerInterceptor((unitOfWork, chain) -> {
            attempts.incrementAndGet();
            return chain.proceed();
        });
        atOnce(32, client -> one, client -> new CommentOnIssue(issue, client, 1, "admin", "Seen by " + client));
        counting.cancel();
        assertThat(attempts).hasValue(32);
        assertThat(events()).filteredOn(IssueCommented.class::isInstance).hasSize(32);
    }

    @Test
    void the_times_of_a_stream_never_go_back_and_one_edit_has_one_time() {
        created();
        for (int version = 1; version <= 10; version++) {
            (version % 2 == 0 ? one : two)
                    .done(new EditIssue(issue, "v" + version, "d" + version, null, null, version, IfMatch.ANY));
        }
        List<DomainEventMessage<?>> messages = one.log().readStream(StreamName.issue(issue), 0);
        assertThat(messages).extracting(DomainEventMessage::getTimestamp).isSorted();
        for (int event = 1; event < messages.size(); event += 2) {
            assertThat(messages.get(event).getTimestamp())
                    .isEqualTo(messages.get(event + 1).getTimestamp());
        }
    }

    @Test
    void what_is_answered_is_what_the_log_holds_to_the_microsecond() {
        IssueState answered = created();
        assertThat(replayed()).isEqualTo(answered);
        assertThat(two.done(new ReplaceLabels(issue, List.of())).createdAt()).isEqualTo(answered.createdAt());
    }

    @Test
    void a_batch_is_one_append_in_the_order_of_its_commands() {
        created();
        long other = ++lastIssue;
        long brandNew = ++lastIssue;
        one.done(new CreateIssue(other, "Other", "", OPEN, null));
        long head = one.log().head();
        var outcome = two.tell(new IssueBatch(List.of(
                new ChangeStatus(other, RESOLVED, null),
                new CreateIssue(brandNew, "New", "", OPEN, null),
                new ChangeStatus(issue, IN_PROGRESS, 1L))));
        assertThat(((AllDone) outcome).outcomes())
                .extracting(
                        done -> done.state().id(),
                        done -> done.state().status(),
                        done -> done.state().version())
                .containsExactly(tuple(other, RESOLVED, 2L), tuple(brandNew, OPEN, 1L), tuple(issue, IN_PROGRESS, 2L));
        assertThat(one.log().head()).isEqualTo(head + 3);
        assertThat(two.done(new ChangeStatus(brandNew, CLOSED, 1L)).version()).isEqualTo(2);
    }

    @Test
    void one_bad_item_keeps_the_whole_batch_from_happening() {
        created();
        long other = ++lastIssue;
        long missing = ++lastIssue;
        one.done(new CreateIssue(other, "Other", "", OPEN, null));
        two.done(new ChangeStatus(other, CLOSED, null));
        long head = one.log().head();
        var outcome = one.tell(new IssueBatch(List.of(
                new ChangeStatus(issue, CLOSED, null),
                new ChangeStatus(missing, CLOSED, null),
                new ChangeStatus(other, OPEN, 1L))));
        assertThat(outcome)
                .isEqualTo(new NoneDone(
                        new TreeMap<>(Map.of(1, new UnknownIssue(missing), 2, new StaleVersion(other, 1, 2)))));
        assertThat(one.log().head()).isEqualTo(head);
        assertThat(one.done(new ChangeStatus(issue, CLOSED, 1L)).version()).isEqualTo(2);
    }

    @Test
    void batches_in_opposite_orders_on_two_nodes_lose_nothing() throws Exception {
        List<Long> issues = Stream.generate(() -> ++lastIssue).limit(5).toList();
        issues.forEach(id -> one.done(new CreateIssue(id, "Issue " + id, "", OPEN, null)));
        List<Callable<Object>> batches = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            Node node = client % 2 == 0 ? one : two;
            List<IssueCommand> commands = new ArrayList<>(issues.stream()
                    .<IssueCommand>map(id -> new ChangeStatus(id, RESOLVED, null))
                    .toList());
            List<IssueCommand> ordered = client % 3 == 0 ? commands.reversed() : commands;
            batches.add(() -> node.tell(new IssueBatch(ordered)));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Object> outcome : threads.invokeAll(batches)) {
                assertThat(outcome.get()).isInstanceOf(AllDone.class);
            }
        }
        for (long id : issues) {
            assertThat(one.done(new ReplaceLabels(id, List.of())).version()).isEqualTo(9);
        }
    }

    private IssueState created() {
        return one.done(new CreateIssue(issue, "A", "", OPEN, null));
    }

    private EditIssue retitle(String title, long version) {
        return new EditIssue(issue, title, null, null, null, version, IfMatch.ANY);
    }

    private static List<IssueOutcome> atOnce(int clients, IntFunction<IssueCommand> command) throws Exception {
        return atOnce(clients, client -> client % 2 == 0 ? one : two, command);
    }

    private static List<IssueOutcome> atOnce(int clients, IntFunction<Node> node, IntFunction<IssueCommand> command)
            throws Exception {
        CyclicBarrier start = new CyclicBarrier(clients);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<IssueOutcome>> running = IntStream.range(0, clients)
                    .mapToObj(client -> threads.submit(() -> {
                        start.await();
                        return node.apply(client).tell(command.apply(client));
                    }))
                    .toList();
            List<IssueOutcome> outcomes = new ArrayList<>();
            for (Future<IssueOutcome> outcome : running) {
                outcomes.add(outcome.get());
            }
            return outcomes;
        }
    }

    private List<Object> events() {
        return one.log().readStream(StreamName.issue(issue), 0).stream()
                .<Object>map(DomainEventMessage::getPayload)
                .toList();
    }

    /** Folded from the log alone, bypassing all caches. */
    private IssueState replayed() {
        IssueState state = null;
        for (DomainEventMessage<?> message : one.log().readStream(StreamName.issue(issue), 0)) {
            state = IssueEvolution.evolve(state, (IssueEvent) message.getPayload(), message.getTimestamp());
        }
        return state;
    }
}
