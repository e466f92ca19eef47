package dev.recount.command.ids;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.eventstore.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class IdSequenceTest {

    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong database = new AtomicLong();
    private final List<Integer> fetches = new CopyOnWriteArrayList<>();

    @Test
    void at_leisure_one_id_is_taken_at_a_time() {
        IdSequence ids = new IdSequence(this::fetch, clock::get);
        for (long expected = 1; expected <= 5; expected++) {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(ids.next()).isEqualTo(expected);
        }
        assertThat(fetches).containsOnly(1);
    }

    @Test
    void blocks_grow_with_the_demand_and_shrink_when_it_is_over() {
        IdSequence ids = new IdSequence(this::fetch, clock::get);
        for (int i = 0; i < 10_000; i++) {
            clock.addAndGet(Duration.ofNanos(100_000).toNanos());
            ids.next();
        }
        // At 10,000 ids a second a 50 ms block is 500 ids, and growing to that size took a few small blocks first.
        assertThat(fetches).hasSizeBetween(20, 60).allMatch(size -> size <= 1_000);
        int busy = fetches.size();
        for (int i = 0; i < 3_000; i++) {
            clock.addAndGet(Duration.ofSeconds(1).toNanos());
            ids.next();
        }
        assertThat(fetches.subList(busy, fetches.size())).endsWith(1, 1, 1);
    }

    @Test
    void callers_who_wait_share_a_fetch_and_no_id_is_given_twice() throws Exception {
        CountDownLatch allWait = new CountDownLatch(1);
        IntFunction<long[]> slow = size -> {
            if (fetches.isEmpty()) {
                await(allWait);
            }
            return fetch(size);
        };
        IdSequence ids = new IdSequence(slow, clock::get);
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            List<Future<Long>> taken = new ArrayList<>();
            List<Thread> callers = new CopyOnWriteArrayList<>();
            for (int i = 0; i < 32; i++) {
                taken.add(threads.submit(() -> {
                    callers.add(Thread.currentThread());
                    return ids.next();
                }));
            }
            while (callers.stream()
                            .filter(caller -> caller.getState() == Thread.State.WAITING)
                            .count()
                    < 32) {
                Thread.onSpinWait();
            }
            allWait.countDown();
            List<Long> got = new ArrayList<>();
            for (Future<Long> id : taken) {
                got.add(id.get());
            }
            assertThat(got).doesNotHaveDuplicates().hasSize(32);
        }
        assertThat(fetches).hasSizeLessThan(6);
    }

    @Test
    void a_failure_reaches_all_who_wait_and_the_next_caller_tries_again() {
        IntFunction<long[]> failing = size -> {
            if (fetches.size() < 1) {
                fetch(size);
                throw new IllegalStateException("down");
            }
            return fetch(size);
        };
        IdSequence ids = new IdSequence(failing, clock::get);
        assertThatThrownBy(ids::next).isInstanceOf(IllegalStateException.class).hasMessage("down");
        assertThat(ids.next()).isEqualTo(2);
    }

    @Test
    void two_nodes_on_one_database_share_the_ids() throws Exception {
        try (TestDatabase shared = TestDatabase.fresh()) {
            IdConfiguration wiring = new IdConfiguration();
            IdSequence one = wiring.issueIds(wiring.idSchema(shared.dataSource()));
            IdSequence two = wiring.issueIds(wiring.idSchema(shared.dataSource()));
            assertThat(one.next()).isEqualTo(1);
            assertThat(two.next()).isEqualTo(2);
            assertThat(wiring.userIds(wiring.idSchema(shared.dataSource())).next())
                    .isEqualTo(2);
            Callable<List<Long>> many = () -> IntStream.range(0, 2_000)
                    .mapToObj(i -> i % 2 == 0 ? one.next() : two.next())
                    .toList();
            List<Long> all = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (var taken : threads.invokeAll(List.of(many, many, many, many))) {
                    all.addAll(taken.get());
                }
            } catch (ExecutionException e) {
                throw new AssertionError(e);
            }
            assertThat(all).hasSize(8_000).doesNotHaveDuplicates().doesNotContain(1L, 2L);
        }
    }

    private long[] fetch(int size) {
        fetches.add(size);
        return IntStream.range(0, size)
                .mapToLong(i -> database.incrementAndGet())
                .toArray();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
