package dev.recount.query.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.query.checkpoint.Checkpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BatchScheduleTest {

    private static final long HEAD = 100_000;
    private static final Duration GATHERS = Duration.ofMillis(250);
    private static final Duration BATCH = Duration.ofMillis(100);
    private static final int BATCH_SIZE = 2_000;

    private final AtomicLong clock = new AtomicLong();
    private final BatchSchedule schedule = new BatchSchedule();
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
        return schedule.next(all.stream().filter(live -> live.isBehind(head)).toList(), head);
    }

    private List<String> namesOfNext() {
        return names(next());
    }

    private static List<String> names(List<LiveProjection> group) {
        return group.stream().map(live -> live.projection().name()).toList();
    }

    /** Gives the group a batch that takes some time, and leaves its projections rested. */
    private void timing(List<LiveProjection> group) {
        clock.addAndGet(BATCH.toNanos());
        for (var live : group) {
            live.committed(
                    new Checkpoints.Advance(Set.of(live.projection().name()), Set.of(), 0),
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
            timing(group);
        }
        assertThat(served).containsExactly("list", "latency", "list", "latency", "list", "latency");
    }

    @Test
    void one_that_a_read_waits_for_goes_alone_where_there_is_much_to_apply() {
        var list = prompt("list", 10);
        prompt("timeline", 10);
        gathering("latency", 10);
        list.requestCatchUp(HEAD, HEAD);
        assertThat(namesOfNext()).containsExactly("list");
    }

    @Test
    void a_few_events_are_applied_at_once_for_those_that_gather_nothing() {
        var list = prompt("list", HEAD - 3);
        prompt("timeline", HEAD - 3);
        gathering("latency", HEAD - 3);
        list.requestCatchUp(HEAD, HEAD);
        assertThat(namesOfNext()).containsExactly("list", "timeline");
    }

    @Test
    void a_read_does_not_wait_for_what_others_lack() {
        gathering("latency", 10);
        gathering("ageing", 30_000);
        var list = prompt("list", HEAD - 1);
        list.requestCatchUp(HEAD, HEAD);
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
            list.requestCatchUp(head, head);
            var group = next();
            group.forEach(live -> served.merge(live.projection().name(), 1, Integer::sum));
            timing(group);
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
        slow.requestCatchUp(HEAD, HEAD);
        timing(next());
        head = HEAD + 1;
        quick.requestCatchUp(head, head);
        timing(next());
        assertThat(namesOfNext()).containsExactly("list");
    }

    @Test
    void those_that_reads_wait_for_come_together_and_share_their_batches() {
        var latency = gathering("latency", 0);
        var ageing = gathering("ageing", 0);
        latency.requestCatchUp(HEAD, HEAD);
        timing(next());
        ageing.requestCatchUp(HEAD, HEAD);
        timing(next());
        assertThat(namesOfNext()).containsExactly("latency", "ageing");
    }
}
