package dev.recount.query.consistency;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchedReadsTest {

    private static final Duration FOR_EVER = Duration.ofHours(1);

    private final BlockingQueue<Query> sent = new LinkedBlockingQueue<>();
    private final BatchedReads<Integer, String> reads = new BatchedReads<>(this::query, 1, FOR_EVER);

    private record Query(Set<Integer> keys, long reliesOn, CompletableFuture<Map<Integer, String>> found) {

        private void answer(String prefix) {
            found.complete(keys.stream().collect(toMap(Function.identity(), key -> prefix + key)));
        }
    }

    private record Reader(Thread thread, FutureTask<Optional<String>> task) {

        private String found() throws InterruptedException, ExecutionException {
            return task.get().orElse("nothing");
        }

        private boolean isParked() {
            return List.of(Thread.State.WAITING, Thread.State.TIMED_WAITING).contains(thread.getState());
        }
    }

    private Map<Integer, String> query(Collection<Integer> keys) {
        var query = new Query(Set.copyOf(keys), ReadSessions.reliedOn(), new CompletableFuture<>());
        sent.add(query);
        return query.found().join();
    }

    private Reader read(BatchedReads<Integer, String> from, int key) {
        var task = new FutureTask<>(() -> from.read(key));
        return new Reader(Thread.startVirtualThread(task), task);
    }

    /** Comes back when it waits. */
    private Reader waitingRead(int key) {
        var reader = read(reads, key);
        await().pollInterval(Duration.ofMillis(1)).until(reader::isParked);
        return reader;
    }

    private Query nextQuery() throws InterruptedException {
        var query = sent.poll(20, TimeUnit.SECONDS);
        assertThat(query).as("a query is sent").isNotNull();
        return query;
    }

    @Test
    void who_asks_while_a_query_is_under_way_shares_the_next_one_and_never_gets_what_the_first_found()
            throws Exception {
        var early = read(reads, 1);
        var first = nextQuery();
        var late = List.of(waitingRead(1), waitingRead(2), waitingRead(3), waitingRead(2));
        assertThat(sent).isEmpty();
        first.answer("old ");
        assertThat(early.found()).isEqualTo("old 1");
        var second = nextQuery();
        assertThat(second.keys()).containsExactlyInAnyOrder(1, 2, 3);
        second.answer("new ");
        assertThat(late.get(0).found()).isEqualTo("new 1");
        assertThat(late.get(1).found()).isEqualTo("new 2");
        assertThat(late.get(2).found()).isEqualTo("new 3");
        assertThat(late.get(3).found()).isEqualTo("new 2");
        assertThat(sent).isEmpty();
    }

    /** A crash of the database may lie between their moments, and what suits the oldest one suits all. */
    @Test
    void a_query_relies_on_the_oldest_moment_of_all_that_it_is_for() throws Exception {
        var early = read(reads, 1);
        var first = nextQuery();
        var late = List.of(waitingRead(2, 9), waitingRead(3, 4), waitingRead(4, 7));
        first.answer("a");
        assertThat(early.found()).isEqualTo("a1");
        var second = nextQuery();
        assertThat(second.reliesOn()).isEqualTo(4);
        second.answer("b");
        assertThat(late.getFirst().found()).isEqualTo("b2");
    }

    private Reader waitingRead(int key, long moment) {
        var task = new FutureTask<>(() -> ReadSessions.relyingOn(moment, () -> reads.read(key)));
        var reader = new Reader(Thread.startVirtualThread(task), task);
        await().pollInterval(Duration.ofMillis(1)).until(reader::isParked);
        return reader;
    }

    @Test
    void what_is_not_there_is_empty() throws Exception {
        var reader = read(reads, 7);
        nextQuery().found().complete(Map.of());
        assertThat(reader.task().get()).isEmpty();
    }

    @Test
    void no_query_has_too_many_keys() throws Exception {
        var first = read(reads, 0);
        var early = nextQuery();
        var readers = IntStream.rangeClosed(1, BatchedReads.MOST + 5)
                .mapToObj(this::waitingRead)
                .toList();
        early.answer("a");
        assertThat(first.found()).isEqualTo("a0");
        var asked = new HashSet<Integer>();
        for (var round = 0; round < 2; round++) {
            var query = nextQuery();
            assertThat(query.keys()).hasSizeLessThanOrEqualTo(BatchedReads.MOST);
            asked.addAll(query.keys());
            query.answer("b");
        }
        assertThat(asked).hasSize(readers.size());
        for (var reader : readers) {
            assertThat(reader.found()).startsWith("b");
        }
    }

    @Test
    void a_query_that_fails_fails_for_those_who_shared_it_and_nobody_else() throws Exception {
        var early = read(reads, 1);
        var first = nextQuery();
        var late = List.of(waitingRead(2), waitingRead(3));
        first.found().completeExceptionally(new IllegalStateException("away"));
        assertThatThrownBy(early::found).hasRootCauseMessage("away");
        nextQuery().answer("here ");
        assertThat(late.get(0).found()).isEqualTo("here 2");
        assertThat(late.get(1).found()).isEqualTo("here 3");
    }

    @Test
    void a_query_that_takes_long_keeps_nobody_else_from_going_on() throws Exception {
        var impatient = new BatchedReads<Integer, String>(this::query, 1, Duration.ofMillis(1));
        var slow = read(impatient, 1);
        var first = nextQuery();
        for (var key = 2; key <= 4; key++) {
            var quick = read(impatient, key);
            nextQuery().answer("q");
            assertThat(quick.found()).isEqualTo("q" + key);
        }
        first.answer("s");
        assertThat(slow.found()).isEqualTo("s1");
    }

    @Test
    void an_interrupted_reader_leaves_the_others_their_answer() throws Exception {
        var early = read(reads, 1);
        var first = nextQuery();
        var leader = waitingRead(2);
        var follower = waitingRead(3);
        leader.thread().interrupt();
        var second = nextQuery();
        assertThat(second.keys()).containsExactlyInAnyOrder(2, 3);
        second.answer("b");
        assertThat(follower.found()).isEqualTo("b3");
        first.answer("a");
        assertThat(early.found()).isEqualTo("a1");
    }

    @Test
    void under_load_everybody_sees_what_was_there_when_he_asked() throws Exception {
        var written = new AtomicLong();
        var shared = new BatchedReads<Integer, Long>(
                keys -> {
                    var seen = written.get();
                    return keys.stream().collect(toMap(Function.identity(), _ -> seen));
                },
                1,
                FOR_EVER);
        try (var readers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Boolean>>();
            for (var reader = 0; reader < 16; reader++) {
                var key = reader % 5;
                answers.add(readers.submit(() -> {
                    var seesAll = true;
                    for (var i = 0; i < 2_000; i++) {
                        var mine = written.incrementAndGet();
                        seesAll &= shared.read(key).orElseThrow() >= mine;
                    }
                    return seesAll;
                }));
            }
            for (var answer : answers) {
                assertThat(answer.get()).isTrue();
            }
        }
    }
}
