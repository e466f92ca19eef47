package dev.recount.query.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CoalescedCheckpointsTest {

    private static final long LONG_ENOUGH = TimeUnit.SECONDS.toNanos(20);

    private final BlockingQueue<CompletableFuture<CheckpointSnapshot>> sent = new LinkedBlockingQueue<>();
    private final CoalescedCheckpoints checkpoints = new CoalescedCheckpoints(() -> {
        var answer = new CompletableFuture<CheckpointSnapshot>();
        sent.add(answer);
        return answer.join();
    });
    private final ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor();

    @AfterEach
    void stop() {
        readers.shutdownNow();
    }

    private Future<CheckpointSnapshot> ask() {
        return readers.submit(() -> checkpoints.ask(LONG_ENOUGH));
    }

    private CompletableFuture<CheckpointSnapshot> nextQuery() throws InterruptedException {
        var query = sent.poll(20, TimeUnit.SECONDS);
        assertThat(query).as("a query is sent").isNotNull();
        return query;
    }

    private static CheckpointSnapshot head(long position) {
        return new CheckpointSnapshot(position, Map.of());
    }

    @Test
    void a_reader_never_gets_the_answer_of_a_query_that_was_under_way_when_it_asked() throws Exception {
        var early = ask();
        var first = nextQuery();
        var late = ask();
        first.complete(head(1));
        assertThat(early.get()).isEqualTo(head(1));
        nextQuery().complete(head(2));
        assertThat(late.get()).isEqualTo(head(2));
    }

    @Test
    void all_who_ask_while_a_query_is_under_way_share_the_next_one() throws Exception {
        var early = ask();
        var first = nextQuery();
        var waiting = new ArrayList<Thread>();
        var late = new ArrayList<CompletableFuture<CheckpointSnapshot>>();
        for (var i = 0; i < 50; i++) {
            var answer = new CompletableFuture<CheckpointSnapshot>();
            late.add(answer);
            waiting.add(Thread.startVirtualThread(() -> {
                try {
                    answer.complete(checkpoints.ask(LONG_ENOUGH));
                } catch (InterruptedException | TimeoutException failure) {
                    answer.completeExceptionally(failure);
                }
            }));
        }
        await().until(() -> waiting.stream().allMatch(CoalescedCheckpointsTest::isParked));
        first.complete(head(1));
        assertThat(early.get()).isEqualTo(head(1));
        nextQuery().complete(head(2));
        for (var answer : late) {
            assertThat(answer.get()).isEqualTo(head(2));
        }
        assertThat(sent).as("queries beyond the two").isEmpty();
    }

    private static boolean isParked(Thread thread) {
        return List.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState());
    }

    @Test
    void a_query_that_fails_fails_for_those_who_shared_it_and_nobody_else() throws Exception {
        var early = ask();
        nextQuery().completeExceptionally(new IllegalStateException("away"));
        assertThatThrownBy(early::get).hasRootCauseMessage("away");
        var next = ask();
        nextQuery().complete(head(3));
        assertThat(next.get()).isEqualTo(head(3));
    }

    @Test
    void a_leader_that_gives_up_leaves_the_others_their_time() throws Exception {
        var early = ask();
        var first = nextQuery();
        var leads = new CompletableFuture<Thread>();
        var hasty = readers.submit(() -> {
            leads.complete(Thread.currentThread());
            return checkpoints.ask(LONG_ENOUGH);
        });
        await().until(() -> isParked(leads.get()));
        var patient = ask();
        leads.get().interrupt();
        assertThatThrownBy(hasty::get).hasCauseInstanceOf(InterruptedException.class);
        first.complete(head(1));
        nextQuery().complete(head(2));
        assertThat(patient.get()).isEqualTo(head(2));
        assertThat(early.get()).isEqualTo(head(1));
    }

    @Test
    void waiting_for_the_query_before_ends_in_time() throws Exception {
        var early = ask();
        var first = nextQuery();
        assertThatThrownBy(() -> checkpoints.ask(TimeUnit.MILLISECONDS.toNanos(20)))
                .isInstanceOf(TimeoutException.class);
        first.complete(head(1));
        assertThat(early.get()).isEqualTo(head(1));
    }

    @Test
    void under_load_no_reader_sees_less_than_what_was_there_when_it_asked() throws Exception {
        var log = new AtomicLong();
        var shared = new CoalescedCheckpoints(() -> head(log.get()));
        var answers = new ArrayList<Future<Boolean>>();
        for (var reader = 0; reader < 16; reader++) {
            answers.add(readers.submit(() -> {
                var seesAll = true;
                for (var i = 0; i < 2_000; i++) {
                    var written = log.incrementAndGet();
                    seesAll &= shared.ask(LONG_ENOUGH).head() >= written;
                }
                return seesAll;
            }));
        }
        for (var answer : answers) {
            assertThat(answer.get()).isTrue();
        }
    }
}
