package dev.recount.query.rebuild;

import static dev.recount.query.rebuild.RebuildWorld.end;
import static dev.recount.query.rebuild.RebuildWorld.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.eventstore.testing.Thoroughness;
import dev.recount.query.generations.TableGeneration;
import dev.recount.query.rebuild.StartOutcome.Busy;
import dev.recount.query.rebuild.StartOutcome.NewerVersion;
import dev.recount.query.rebuild.StartOutcome.UnknownProjection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RebuildTest {

    private static final String ISSUES = "issue-list";

    @Test
    void a_rebuild_of_all_projections_leads_to_the_same_rows_in_a_new_generation() throws Exception {
        try (var world = new RebuildWorld(1)) {
            world.tracker().act(400);
            world.await();
            var before = world.hashes();
            var generations = world.generations();
            var state = world.rebuilt(world.names());
            assertThat(world.hashes()).isEqualTo(before);
            assertThat(world.generations())
                    .allSatisfy((name, generation) -> assertThat(generation).isEqualTo(generations.get(name) + 1));
            assertThat(world.debris()).isEmpty();
            assertThat(state.kind()).isEqualTo(RebuildKind.REBUILD);
            assertThat(state.projections()).isEqualTo(world.names());
            assertThat(state.swapped()).containsExactlyInAnyOrderElementsOf(world.names());
            assertThat(state.eventsDone()).isEqualTo(world.head()).isEqualTo(state.eventsTotal());
            assertThat(state.eventsPerSecond()).isPositive();
            assertThat(state.longestLock()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(1));
            assertThat(state.finishedAt()).isAfterOrEqualTo(state.startedAt());
            assertThat(world.rebuilds().newest(10)).containsExactly(state);
            world.tracker().act(20);
            world.await();
            assertThat(world.hashes()).isNotEqualTo(before);
        }
    }

    @Test
    void an_empty_log_can_be_rebuilt() throws Exception {
        try (var world = new RebuildWorld(2)) {
            world.rebuilt(List.of("user-list"));
            assertThat(world.debris()).isEmpty();
        }
    }

    @Test
    void rebuilds_amid_writes_and_reads_end_equal_to_one_from_scratch() throws Exception {
        var longest = Duration.ZERO;
        for (var round = 1; round <= Thoroughness.rounds(3, 20); round++) {
            try (var world = new RebuildWorld(round)) {
                var random = new Random(round);
                world.tracker().act(50 + random.nextInt(Thoroughness.rounds(100, 1000)));
                var stop = new AtomicBoolean();
                var reads = new AtomicLong();
                var writing = CompletableFuture.runAsync(() -> {
                    while (!stop.get()) {
                        world.tracker().act(1 + random.nextInt(5));
                        // As fast as the live projections follow: the tracker alone would outrun them ever further.
                        world.await();
                    }
                });
                var reading = CompletableFuture.runAsync(() -> read(world, stop, reads));
                for (var rebuild = 0; rebuild < Thoroughness.rounds(2, 3); rebuild++) {
                    var state = world.rebuilt(random.nextBoolean() ? world.names() : List.of(ISSUES, "timeline"));
                    longest = longest.compareTo(state.longestLock()) < 0 ? state.longestLock() : longest;
                }
                stop.set(true);
                writing.get(30, TimeUnit.SECONDS);
                reading.get(30, TimeUnit.SECONDS);
                assertThat(reads).hasPositiveValue();
                world.await();
                var live = world.hashes();
                world.rebuilt(world.names());
                assertThat(world.hashes()).as("seed %d", round).isEqualTo(live);
                assertThat(world.debris()).isEmpty();
            }
        }
        System.out.println("longest lock of a swap: " + longest);
        assertThat(longest).isLessThan(Duration.ofSeconds(1));
    }

    /** Reads that never wait for more than the tables, and never see less than they saw before. */
    private static void read(RebuildWorld world, AtomicBoolean stop, AtomicLong reads) {
        var most = 0L;
        while (!stop.get()) {
            var newest = world.node()
                    .sql()
                    .sql("SELECT coalesce(max(id), 0) FROM issue_row")
                    .query(Long.class)
                    .single();
            assertThat(newest).isGreaterThanOrEqualTo(most);
            most = newest;
            world.node()
                    .sql()
                    .sql("SELECT count(*) FROM issue_row JOIN timeline_issue ON id = timeline_issue.issue_id")
                    .query(Long.class)
                    .single();
            reads.incrementAndGet();
        }
    }

    @Test
    void a_rebuild_cancelled_at_any_moment_leaves_the_live_generation_and_no_debris() throws Exception {
        try (var world = new RebuildWorld(3)) {
            world.tracker().act(300);
            world.await();
            var before = world.hashes();
            var random = new Random(3);
            var cancelled = 0;
            for (var round = 0; round < Thoroughness.rounds(4, 40); round++) {
                var generations = world.generations();
                var outcome = world.rebuilds().rebuild(world.names());
                var id = started(outcome);
                var until = System.nanoTime() + random.nextInt(400_000_000);
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                world.rebuilds().cancel(id);
                var state = end(outcome);
                assertThat(state.phase()).isIn(RebuildPhase.CANCELLED, RebuildPhase.DONE);
                assertThat(world.debris()).isEmpty();
                assertThat(world.hashes()).isEqualTo(before);
                assertThat(world.generations())
                        .allSatisfy((name, generation) -> assertThat(generation)
                                .isEqualTo(
                                        generations.get(name) + (state.swapped().contains(name) ? 1 : 0)));
                cancelled += state.phase() == RebuildPhase.CANCELLED ? 1 : 0;
                assertThat(world.rebuilds().cancel(id)).isEqualTo(CancelOutcome.ALREADY_OVER);
            }
            assertThat(cancelled).isPositive();
            assertThat(world.rebuilds().cancel(999_999)).isEqualTo(CancelOutcome.UNKNOWN_RUN);
        }
    }

    @Test
    void a_second_run_over_a_projection_is_refused_on_every_node_and_any_node_can_cancel_the_first() throws Exception {
        try (var world = new RebuildWorld(4);
                var gated = world.rebuilds("gated", new Gate(AllProjections.named(ISSUES)));
                var other = world.rebuilds("other");
                var gate = new Gate.Closed(world.database().dataSource())) {
            world.tracker().act(30);
            var outcome = gated.rebuild(List.of(ISSUES));
            await().until(() -> gate.isWaitedFor(world.node().sql()));
            assertThat(other.rebuild(List.of("timeline", ISSUES))).isEqualTo(new Busy(ISSUES));
            assertThat(gated.verify(List.of(ISSUES))).isEqualTo(new Busy(ISSUES));
            assertThat(end(other.rebuild(List.of("timeline"))).phase()).isEqualTo(RebuildPhase.DONE);
            other.sweep();
            var seen = other.find(started(outcome)).orElseThrow();
            assertThat(seen.phase()).isEqualTo(RebuildPhase.LOADING);
            assertThat(seen.node()).isEqualTo("gated");
            assertThat(other.cancel(seen.id())).isEqualTo(CancelOutcome.REQUESTED);
            gate.close();
            assertThat(end(outcome).phase()).isEqualTo(RebuildPhase.CANCELLED);
            assertThat(world.debris()).isEmpty();
        }
    }

    @Test
    void what_does_not_exist_or_belongs_to_newer_code_is_not_rebuilt() throws Exception {
        try (var world = new RebuildWorld(5)) {
            assertThat(world.rebuilds().rebuild(List.of("issue-list", "nothing")))
                    .isEqualTo(new UnknownProjection("nothing"));
            world.node()
                    .sql()
                    .sql("UPDATE projection SET version = 99 WHERE name = 'timeline'")
                    .update();
            assertThat(world.rebuilds().rebuild(List.of("timeline"))).isEqualTo(new NewerVersion("timeline", 99));
            assertThat(world.rebuilds().newest(10)).isEmpty();
        }
    }

    @Test
    void a_run_that_loses_its_connections_leaves_nothing_behind() throws Exception {
        try (var world = new RebuildWorld(6);
                var gated = world.rebuilds("gated", new Gate(AllProjections.named(ISSUES)));
                var gate = new Gate.Closed(world.database().dataSource())) {
            world.tracker().act(50);
            world.await();
            var before = world.hashes();
            var outcome = gated.rebuild(world.names());
            await().until(() -> gate.isWaitedFor(world.node().sql()));
            world.node().sql().sql("""
                SELECT pg_terminate_backend(pid)
                FROM pg_locks
                WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
                    AND (objsubid = 2 OR NOT granted)
                """).query().listOfRows();
            assertThat(end(outcome).phase()).isEqualTo(RebuildPhase.INTERRUPTED);
            gate.close();
            await().untilAsserted(() -> {
                world.sweep();
                assertThat(world.debris()).isEmpty();
            });
            assertThat(world.hashes()).isEqualTo(before);
            world.rebuilt(world.names());
            assertThat(world.hashes()).isEqualTo(before);
        }
    }

    @Test
    void a_long_read_delays_the_swap_and_not_the_other_reads() throws Exception {
        try (var world = new RebuildWorld(7);
                var reading = world.database().dataSource().getConnection()) {
            world.tracker().act(50);
            world.await();
            reading.setAutoCommit(false);
            TableGeneration.execute(reading, "SELECT FROM issue_row");
            var outcome = world.rebuilds().rebuild(List.of(ISSUES));
            var id = started(outcome);
            await().until(() -> world.rebuilds().find(id).orElseThrow().swapAttempts() >= 3);
            var began = System.nanoTime();
            for (var read = 0; read < 20; read++) {
                world.node()
                        .sql()
                        .sql("SELECT count(*) FROM issue_row")
                        .query(Long.class)
                        .single();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(3));
            assertThat(world.rebuilds().find(id).orElseThrow().phase()).isEqualTo(RebuildPhase.SWAPPING);
            reading.rollback();
            reading.setAutoCommit(true);
            assertThat(end(outcome).phase()).isEqualTo(RebuildPhase.DONE);
        }
    }

    @Test
    void of_runs_that_are_over_a_hundred_are_remembered() throws Exception {
        try (var world = new RebuildWorld(8)) {
            world.node().sql().sql("""
                INSERT INTO rebuild (kind, projections, node, phase)
                SELECT 'rebuild', '{user-list}', 'old', 'done' FROM generate_series(1, 150)
                """).update();
            var state = world.rebuilt(List.of("user-list"));
            assertThat(world.rebuilds().newest(1000)).hasSize(100).first().isEqualTo(state);
        }
    }
}
