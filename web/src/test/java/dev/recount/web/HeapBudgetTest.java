package dev.recount.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HeapBudgetTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void who_finds_no_room_waits_until_there_is() throws Exception {
        HeapBudget budget = new HeapBudget(10_240, LONG);
        HeapBudget.Share first = budget.take(6_000);
        HeapBudget.Share second = budget.take(4_000);
        Thread waiting = Thread.startVirtualThread(() -> budget.take(1_000).close());
        awaitParked(waiting);
        second.close();
        assertThat(waiting.join(LONG)).isTrue();
        first.close();
    }

    @Test
    void nobody_overtakes_who_needs_much() throws Exception {
        HeapBudget budget = new HeapBudget(10_240, LONG);
        HeapBudget.Share first = budget.take(6_000);
        CompletableFuture<HeapBudget.Share> large = new CompletableFuture<>();
        Thread asksForMuch = Thread.startVirtualThread(() -> large.complete(budget.take(9_000)));
        awaitParked(asksForMuch);
        Thread asksForLittle =
                Thread.startVirtualThread(() -> budget.take(2_000).close());
        awaitParked(asksForLittle);
        first.close();
        HeapBudget.Share taken = large.get(1, TimeUnit.MINUTES);
        assertThat(asksForLittle.isAlive()).isTrue();
        taken.close();
        assertThat(asksForLittle.join(LONG)).isTrue();
    }

    @Test
    void who_needs_more_than_there_is_has_it_alone() {
        HeapBudget budget = new HeapBudget(10_240, Duration.ZERO);
        try (HeapBudget.Share _ = budget.take(Long.MAX_VALUE / 2)) {
            assertOverloaded(budget, 1);
        }
        budget.take(10_240).close();
    }

    @Test
    void what_is_not_needed_any_more_is_given_back_once() {
        HeapBudget budget = new HeapBudget(10_240, Duration.ZERO);
        HeapBudget.Share share = budget.take(10_240);
        share.shrinkTo(20_000);
        assertOverloaded(budget, 1);
        share.shrinkTo(2_048);
        budget.take(8_192).close();
        assertOverloaded(budget, 8_193);
        share.close();
        share.close();
        budget.take(10_240).close();
    }

    @Test
    void nothing_is_to_be_had_at_once_also_while_others_wait() throws Exception {
        HeapBudget budget = new HeapBudget(10_240, LONG);
        HeapBudget.Share share = budget.take(10_240);
        Thread waiting = Thread.startVirtualThread(() -> budget.take(1).close());
        awaitParked(waiting);
        budget.take(0).close();
        assertThat(waiting.isAlive()).isTrue();
        share.close();
        assertThat(waiting.join(LONG)).isTrue();
    }

    @Test
    void a_client_that_is_waited_for_loses_its_share_to_one_that_waits() throws Exception {
        HeapBudget budget = new HeapBudget(10_240, LONG);
        try (ServerSocketChannel server = ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0));
                SocketChannel client = SocketChannel.open(server.getLocalAddress());
                SocketChannel accepted = server.accept()) {
            ClientPace slow = new ClientPace(accepted, new MinimumRate(0, Duration.ZERO));
            ClientPace busy = new ClientPace(client, new MinimumRate(0, Duration.ZERO));
            slow.received(1);
            HeapBudget.Share held = budget.take(6_000, slow);
            HeapBudget.Share _ = budget.take(4_000, busy);
            slow.received(0);
            Thread waiting = Thread.startVirtualThread(() -> budget.take(1_000).close());
            Awaitility.await().until(() -> accepted.socket().isInputShutdown());
            assertThat(slow.isCutOff()).isTrue();
            assertThat(busy.isCutOff()).isFalse();
            held.close();
            assertThat(waiting.join(LONG)).isTrue();
        }
    }

    private static void assertOverloaded(HeapBudget budget, long bytes) {
        assertThatThrownBy(() -> budget.take(bytes)).isInstanceOfSatisfying(ProblemException.class, refused -> {
            assertThat(refused.problem().code()).isEqualTo("overloaded");
            assertThat(refused.problem().status()).isEqualTo(503);
        });
    }

    private static void awaitParked(Thread thread) {
        Awaitility.await().until(() -> switch (thread.getState()) {
            case WAITING, TIMED_WAITING -> true;
            default -> false;
        });
    }
}
