package dev.recount.query.consistency;

import static dev.recount.query.daemon.EventLedger.NAME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.checkpoint.CheckpointSnapshot;
import dev.recount.query.checkpoint.CoalescedCheckpoints;
import dev.recount.query.checkpoint.LocalCheckpoints;
import dev.recount.query.daemon.EventLedger;
import dev.recount.query.daemon.QueryNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class ReadBarrierTest {

    private static final Duration SHORT = Duration.ofMillis(100);

    private TestDatabase database;
    private QueryNode node;
    private JdbcClient sql;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        sql = JdbcClient.create(database.dataSource());
        EventLedger.createTable(sql);
        node = QueryNode.on(database.dataSource(), EventLedger.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    private ReadBarrier impatient() {
        return node.barrier(SHORT);
    }

    private void append(long issue) {
        node.append("issue-" + issue, 0, new IssueTouched(issue, 1));
    }

    private boolean isApplied(long issue) {
        return sql.sql("SELECT count(*) FROM event_ledger WHERE stream = ?")
                        .param("issue-" + issue)
                        .query(Long.class)
                        .single()
                == 1;
    }

    @Test
    void every_one_of_many_readers_sees_what_it_wrote_just_before() throws Exception {
        var issues = new AtomicLong();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            var clientsSeeAll = new ArrayList<Future<Boolean>>();
            for (var client = 0; client < 16; client++) {
                clientsSeeAll.add(clients.submit(() -> {
                    var seesAll = true;
                    for (var i = 0; i < 40; i++) {
                        var issue = issues.incrementAndGet();
                        append(issue);
                        node.barrier().await(NAME);
                        seesAll &= isApplied(issue);
                    }
                    return seesAll;
                }));
            }
            for (var seesAll : clientsSeeAll) {
                assertThat(seesAll.get()).isTrue();
            }
        }
    }

    @Test
    void an_empty_log_keeps_nobody_waiting() {
        impatient().await(NAME);
    }

    @Test
    void a_read_that_waits_too_long_is_told_so() {
        node.stop();
        append(1);
        assertThatThrownBy(() -> impatient().await(NAME)).isInstanceOf(PositionNotReachedException.class);
    }

    @Test
    void a_projection_that_gets_further_is_waited_for_beyond_the_patience_for_one_that_does_not() throws Exception {
        var positions = new LocalCheckpoints();
        var log = new CoalescedCheckpoints(() -> new CheckpointSnapshot(
                8, Map.of(NAME, new CheckpointSnapshot.ProjectionCheckpoint(0, 1, true, false))));
        var barrier = new ReadBarrier(log, positions, new ReadSessions(), new ReadActivity(), Duration.ofMillis(400));
        try (var projection = Executors.newSingleThreadScheduledExecutor()) {
            var position = new AtomicLong();
            var steps = projection.scheduleAtFixedRate(
                    () -> positions.committedHere(NAME, position.incrementAndGet(), 0),
                    100,
                    100,
                    TimeUnit.MILLISECONDS);
            barrier.await(NAME);
            assertThat(position.get()).isGreaterThanOrEqualTo(8);
            steps.cancel(false);
        }
    }

    @Test
    void a_projection_that_gets_further_without_end_is_waited_for_twelve_patiences() throws Exception {
        var positions = new LocalCheckpoints();
        var log = new CoalescedCheckpoints(() -> new CheckpointSnapshot(
                1_000_000, Map.of(NAME, new CheckpointSnapshot.ProjectionCheckpoint(0, 1, true, false))));
        var barrier = new ReadBarrier(log, positions, new ReadSessions(), new ReadActivity(), SHORT);
        try (var projection = Executors.newSingleThreadScheduledExecutor()) {
            var position = new AtomicLong();
            var steps = projection.scheduleAtFixedRate(
                    () -> positions.committedHere(NAME, position.incrementAndGet(), 0), 10, 10, TimeUnit.MILLISECONDS);
            var begin = System.nanoTime();
            assertThatThrownBy(() -> barrier.await(NAME)).isInstanceOf(PositionNotReachedException.class);
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(SHORT, SHORT.multipliedBy(12).plus(Duration.ofSeconds(1)));
            steps.cancel(false);
        }
    }

    @Test
    void a_read_that_takes_what_is_there_does_not_wait() {
        node.stop();
        append(1);
        impatient().await(NAME, new ReadConsistency(true, 0));
        assertThat(isApplied(1)).isFalse();
    }

    @Test
    void a_lower_bound_holds_also_for_a_read_that_takes_what_is_there() {
        append(1);
        node.barrier().await(NAME);
        node.stop();
        append(2);
        impatient().await(NAME, new ReadConsistency(true, 1));
        assertThatThrownBy(() -> impatient().await(NAME, new ReadConsistency(true, 2)))
                .isInstanceOf(PositionNotReachedException.class);
    }

    @Test
    void a_lower_bound_beyond_the_log_is_refused_until_the_log_has_it() {
        append(1);
        assertThatThrownBy(() -> node.barrier().await(NAME, new ReadConsistency(false, 2)))
                .isInstanceOfSatisfying(
                        PositionNotReachedException.class,
                        refused -> assertThat(refused.isBeyondLog()).isTrue());
        append(2);
        node.barrier().await(NAME, new ReadConsistency(false, 2));
        assertThat(isApplied(2)).isTrue();
    }

    @Test
    void an_unknown_projection_is_an_error() {
        assertThatThrownBy(() -> impatient().await("issue-lists"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("issue-lists");
    }
}
