package dev.recount.query.projection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final long HEAD = 100_000;
    private static final Duration GATHERS = Duration.ofMillis(250);
    private static final Duration BATCH = Duration.ofMillis(100);
    private static final int BATCH_SIZE = 2_000;

    private final AtomicLong clock = new AtomicLong();
    private final Turns turns = new Turns();
    private final List<LiveProjection> all = new ArrayList<>();
    private long head = HEAD;

    private LiveProjection prompt(String name, long position) {
        return add(IdleProjection.live(name, Duration.ZERO, position, Duration.ZERO, clock::get));
    }

    private LiveProjection gathering(String name, long position) {
        return add(IdleProjection.live(name, GATHERS, position, Duration.ZERO, clock::get));
    }

    private LiveProjection add(LiveProjection live) {
        all.add(live);
        return live;
    }

    private List<LiveProjection> next() {
        return turns.next(all.stream().filter(live -> live.isBehind(head)).toList(), head);
    }

    private List<String> namesOfNext() {
        return names(next());
    }

    private static List<String> names(List<LiveProjection> group) {
        return group.stream().map(live -> live.projection().name()).toList();
    }

    /** Gives the group a batch that takes some time, and leaves its projections rested. */
    private void work(List<LiveProjection> group) {
        clock.addAndGet(BATCH.toNanos());
        for (var live : group) {
            live.settle(
                    new ProjectionRows.Advance(Set.of(live.projection().name()), Set.of(), 0),
                    Math.min(head, live.position() + BATCH_SIZE),
                    Duration.ZERO);
        }
    }

    @Test
    void those_that_stand_together_take_a_batch_together() {
        prompt("list", 10);
        gathering("latency", 10);
        gathering("ageing", 20);
        assertThat(namesOfNext()).containsExactly("list", "latency");
    }

    @Test
    void groups_take_turns_while_nobody_waits() {
        prompt("list", 10);
        gathering("latency", 40_000);
        var served = new ArrayList<String>();
        for (var batch = 0; batch < 6; batch++) {
            var group = next();
            served.addAll(names(group));
            work(group);
        }
        assertThat(served).containsExactly("list", "latency", "list", "latency", "list", "latency");
    }

    @Test
    void one_that_a_read_waits_for_goes_alone_where_there_is_much_to_apply() {
        var list = prompt("list", 10);
        prompt("timeline", 10);
        gathering("latency", 10);
        list.demand(HEAD, HEAD);
        assertThat(namesOfNext()).containsExactly("list");
    }

    @Test
    void a_few_events_are_applied_at_once_for_those_that_gather_nothing() {
        var list = prompt("list", HEAD - 3);
        prompt("timeline", HEAD - 3);
        gathering("latency", HEAD - 3);
        list.demand(HEAD, HEAD);
        assertThat(namesOfNext()).containsExactly("list", "timeline");
    }

    @Test
    void a_read_does_not_wait_for_what_others_lack() {
        gathering("latency", 10);
        gathering("ageing", 30_000);
        var list = prompt("list", HEAD - 1);
        list.demand(HEAD, HEAD);
        assertThat(namesOfNext()).containsExactly("list");
    }

    @Test
    void nobody_starves_however_many_reads_wait() {
        var list = prompt("list", 0);
        for (var other = 1; other <= 16; other++) {
            gathering("report-" + other, other);
        }
        Map<String, Integer> served = new HashMap<>();
        for (var batch = 0; batch < 200; batch++) {
            head += BATCH_SIZE;
            list.demand(head, head);
            var group = next();
            group.forEach(live -> served.merge(live.projection().name(), 1, Integer::sum));
            work(group);
        }
        assertThat(served.get("list")).isGreaterThanOrEqualTo(100);
        assertThat(served)
                .hasSize(17)
                .allSatisfy((_, batches) -> assertThat(batches).isGreaterThanOrEqualTo(5));
    }

    @Test
    void several_that_reads_wait_for_take_turns() {
        var slow = gathering("latency", 0);
        var quick = prompt("list", HEAD);
        slow.demand(HEAD, HEAD);
        work(next());
        head = HEAD + 1;
        quick.demand(head, head);
        work(next());
        assertThat(namesOfNext()).containsExactly("list");
    }

    @Test
    void those_that_reads_wait_for_come_together_and_share_their_batches() {
        var latency = gathering("latency", 0);
        var ageing = gathering("ageing", 0);
        latency.demand(HEAD, HEAD);
        work(next());
        ageing.demand(HEAD, HEAD);
        work(next());
        assertThat(namesOfNext()).containsExactly("latency", "ageing");
    }
}
