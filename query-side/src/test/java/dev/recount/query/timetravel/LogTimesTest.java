package dev.recount.query.timetravel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.daemon.QueryNode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogTimesTest {

    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    private final Random random = new Random(5);
    private final List<Instant> recorded = new ArrayList<>();
    private TestDatabase database;
    private QueryNode node;
    private LogTimes times;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        node = QueryNode.on(database.dataSource(), LogTimeProjection.class);
        times = new LogTimes(database.dataSource());
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /** By clocks that differ: most events come milliseconds after the one before, many before it, and some much later. */
    private void happen(int events) {
        var append = new ArrayList<DomainEventMessage<?>>();
        var now = recorded.isEmpty() ? NOON : recorded.getLast();
        for (var event = 0; event < events; event++) {
            now = now.plus(random.nextInt(50) == 0 ? 40_000 : random.nextInt(3_000) - 1_000, ChronoUnit.MICROS);
            recorded.add(now);
            var name = "label" + recorded.size();
            append.addAll(Events.of(now, "label-" + name, 0, new LabelCreated(recorded.size(), name)));
        }
        node.log().store().publish(append);
    }

    private long longestBeginning(Instant time) {
        var position = 0;
        while (position < recorded.size() && !recorded.get(position).isAfter(time)) {
            position++;
        }
        return position;
    }

    private void assertRight(int questions) {
        for (var question = 0; question < questions; question++) {
            var time = recorded.get(random.nextInt(recorded.size())).plus(random.nextInt(5) - 2, ChronoUnit.MICROS);
            var position = longestBeginning(time);
            assertThat(times.at(time)).isEqualTo(new AsOf(position, time, position < recorded.size()));
        }
        for (var question = 0; question < questions; question++) {
            var position = 1 + random.nextInt(recorded.size());
            var latest = recorded.subList(0, position).stream()
                    .max(Instant::compareTo)
                    .orElseThrow();
            assertThat(times.at(position)).contains(new AsOf(position, latest, true));
        }
        assertThat(times.latest()).isEqualTo(recorded.stream().max(Instant::compareTo));
        assertThat(times.at(recorded.size() + 1L)).isEmpty();
    }

    @Test
    void positions_are_found_by_time_and_times_by_position_wherever_the_projection_stands() {
        for (var part = 0; part < 6; part++) {
            happen(700);
            assertRight(60);
            node.barrier().await(LogTimeProjection.NAME);
            assertRight(60);
        }
        assertThat(node.rows(LogTimeProjection.NAME).get("log_time")).hasSize(4);
    }

    @Test
    void an_empty_log_has_no_moment_but_its_beginning() {
        assertThat(times.at(NOON)).isEqualTo(new AsOf(0, NOON, false));
        assertThat(times.at(1)).isEmpty();
        assertThat(times.latest()).isEmpty();
    }

    @Test
    void however_the_log_is_cut_the_rows_are_the_same() {
        for (var part = 0; part < 40; part++) {
            happen(1 + random.nextInt(120));
            node.barrier().await(LogTimeProjection.NAME);
        }
        happen(1_000);
        node.barrier().await(LogTimeProjection.NAME);
        var live = node.rows(LogTimeProjection.NAME);
        assertThat(live.get("log_time")).hasSize(recorded.size() / LogTimeProjection.STEP);
        node.applyAgain(LogTimeProjection.NAME);
        assertThat(node.rows(LogTimeProjection.NAME)).as("applied again").isEqualTo(live);
        node.recount(LogTimeProjection.NAME);
        assertThat(node.rows(LogTimeProjection.NAME)).as("recounted").isEqualTo(live);
    }

    /** A wrong sample leads to another result, so the projection is really used. */
    @Test
    void a_wrong_sample_is_believed() {
        happen(2_500);
        node.barrier().await(LogTimeProjection.NAME);
        var time = recorded.get(100);
        node.sql().sql("UPDATE log_time SET latest = '2020-01-01T00:00:00Z'").update();
        assertThat(times.at(time).position()).isNotEqualTo(longestBeginning(time));
    }
}
