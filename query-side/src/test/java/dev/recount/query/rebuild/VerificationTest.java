package dev.recount.query.rebuild;

import static dev.recount.query.rebuild.RebuildWorld.end;
import static dev.recount.query.rebuild.RebuildWorld.started;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.query.generations.VerificationReport;
import dev.recount.query.generations.VerificationReport.Difference;
import dev.recount.query.generations.VerificationReport.Table;
import dev.recount.query.rebuild.StartOutcome.NotComparable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VerificationTest {

    private RebuildWorld world;

    @BeforeEach
    void start() {
        world = new RebuildWorld(11);
        world.tracker().act(200);
        world.await();
    }

    @AfterEach
    void stop() {
        world.close();
    }

    @Test
    void a_clean_system_gives_a_clean_report_and_is_not_touched() throws Exception {
        var generations = world.generations();
        var state = end(world.rebuilds().verify(world.names()));
        assertThat(state.kind()).isEqualTo(RebuildKind.VERIFICATION);
        assertThat(state.phase()).isEqualTo(RebuildPhase.DONE);
        assertThat(state.swapped()).isEmpty();
        assertThat(state.report().isClean()).isTrue();
        assertThat(state.report().tables())
                .extracting(Table::table)
                .containsExactlyInAnyOrderElementsOf(world.tables());
        assertThat(state.report().tables()).allSatisfy(table -> {
            assertThat(table.differences()).isEmpty();
            assertThat(table.rows()).isEqualTo(count(table.table()));
            assertThat(table.position()).isEqualTo(world.head());
        });
        assertThat(world.generations()).isEqualTo(generations);
        assertThat(world.debris()).isEmpty();
    }

    @Test
    void it_is_clean_amid_writes_too() throws Exception {
        var stop = new AtomicBoolean();
        var writing = CompletableFuture.runAsync(() -> {
            while (!stop.get()) {
                world.tracker().act(3);
            }
        });
        for (var round = 0; round < 3; round++) {
            var state = end(world.rebuilds().verify(world.names()));
            assertThat(state.failure()).isNull();
            assertThat(state.report().tables())
                    .allSatisfy(table ->
                            assertThat(table.differences()).as(table.table()).isEmpty());
            assertThat(state.report().isClean()).isTrue();
        }
        stop.set(true);
        writing.get(30, TimeUnit.SECONDS);
    }

    @Test
    void a_changed_row_is_named_with_both_forms_and_its_events() throws Exception {
        sql("UPDATE issue_row SET title = 'forged' WHERE id = 2");
        var difference = only(verified("issue-list"), "issue_row", 0, 0, 1);
        assertThat(difference.key()).hasToString("{id=2}");
        assertThat(difference.found().get("title").asString()).isEqualTo("forged");
        assertThat(difference.expected().get("title").asString()).isNotEqualTo("forged");
        assertThat(difference.events().origin()).isEqualTo("stream issue-2");
        assertThat(difference.events().positions()).isEqualTo(positions("stream = 'issue-2'"));
        assertThat(difference.events().count())
                .isEqualTo(difference.events().positions().size());
    }

    @Test
    void a_missing_row_is_found() throws Exception {
        sql("DELETE FROM timeline_entry WHERE issue_id = 2 AND sequence = 0");
        var difference = only(verified("timeline"), "timeline_entry", 1, 0, 0);
        assertThat(difference.key()).hasToString("{issue_id=2, sequence=0}");
        assertThat(difference.found()).isNull();
        assertThat(difference.expected().get("type").asString()).isEqualTo("created");
        assertThat(difference.events().positions()).isEqualTo(positions("stream = 'issue-2'"));
    }

    @Test
    void an_extra_row_is_found() throws Exception {
        sql("INSERT INTO user_row VALUES (77, 'ghost', 'Ghost', now())");
        var difference = only(verified("user-list"), "user_row", 0, 1, 0);
        assertThat(difference.key()).hasToString("{id=77}");
        assertThat(difference.found().get("username").asString()).isEqualTo("ghost");
        assertThat(difference.expected()).isNull();
        assertThat(difference.events().origin()).isEqualTo("stream user-77");
        assertThat(difference.events().positions()).isEmpty();
    }

    @Test
    void a_wrong_counter_is_found_with_the_events_that_could_have_moved_it() throws Exception {
        sql("UPDATE issue_count SET count = count + 1 WHERE scope = 'assignee:2'");
        var difference = only(verified("issue-list"), "issue_count", 0, 0, 1);
        assertThat(difference.key()).hasToString("{scope=\"assignee:2\"}");
        assertThat(difference.found().get("count").asLong())
                .isEqualTo(difference.expected().get("count").asLong() + 1);
        assertThat(difference.events().origin()).isEqualTo("events of issues that were ever assigned to 2");
        var expected = positions("""
            stream IN (
                SELECT stream FROM event_log
                WHERE '2' IN (payload ->> 'assignee', payload ->> 'from', payload ->> 'to')
                    AND type IN ('IssueCreated', 'IssueAssigned'))
            """);
        assertThat(difference.events().count()).isEqualTo(expected.size());
        assertThat(difference.events().positions())
                .isEqualTo(expected.subList(Math.max(0, expected.size() - 50), expected.size()));
    }

    @Test
    void all_differences_are_counted_and_the_first_hundred_listed() throws Exception {
        sql("UPDATE timeline_entry SET actor = 4711");
        var report = verified("timeline");
        var table = table(report, "timeline_entry");
        assertThat(table.changed()).isEqualTo(count("timeline_entry")).isGreaterThan(100);
        assertThat(table.differences()).hasSize(100);
    }

    @Test
    void long_texts_do_not_make_reports_long() throws Exception {
        sql("UPDATE issue_row SET description = repeat('x', 100000) WHERE id = (SELECT min(id) FROM issue_row)");
        var difference = only(verified("issue-list"), "issue_row", 0, 0, 1);
        assertThat(difference.found().get("description").asString())
                .hasSizeLessThan(1_000)
                .endsWith("(100000 characters)");
    }

    @Test
    void a_verification_can_be_cancelled_and_leaves_no_debris() throws Exception {
        try (var gated = world.rebuilds("gated", new Gate(AllProjections.named("timeline")));
                var gate = new Gate.Closed(world.database().dataSource())) {
            var outcome = gated.verify(List.of("timeline"));
            await().until(() -> gate.isWaitedFor(world.node().sql()));
            world.rebuilds().cancel(started(outcome));
            gate.close();
            var state = end(outcome);
            assertThat(state.phase()).isEqualTo(RebuildPhase.CANCELLED);
            assertThat(state.report()).isNull();
            assertThat(world.debris()).isEmpty();
        }
    }

    @Test
    void a_projection_that_is_not_filled_cannot_be_verified() throws Exception {
        sql("UPDATE projection SET version = 0 WHERE name = 'resolution'");
        assertThat(world.rebuilds().verify(List.of("resolution"))).isEqualTo(new NotComparable("resolution"));
    }

    private VerificationReport verified(String projection) throws Exception {
        var state = end(world.rebuilds().verify(List.of(projection)));
        assertThat(state.failure()).isNull();
        assertThat(state.report().isClean()).isFalse();
        assertThat(world.debris()).isEmpty();
        return state.report();
    }

    private static Table table(VerificationReport report, String name) {
        return report.tables().stream()
                .filter(table -> table.table().equals(name))
                .findAny()
                .orElseThrow();
    }

    /** The one difference that there is, in a table with these counts. */
    private static Difference only(VerificationReport report, String name, int missing, int extra, int changed) {
        assertThat(report.tables())
                .filteredOn(table -> !table.differences().isEmpty())
                .extracting(Table::table)
                .containsExactly(name);
        var table = table(report, name);
        assertThat(List.of(table.missing(), table.extra(), table.changed()))
                .containsExactly((long) missing, (long) extra, (long) changed);
        assertThat(table.differences()).hasSize(1);
        return table.differences().getFirst();
    }

    private void sql(String sql) {
        assertThat(world.node().sql().sql(sql).update()).isPositive();
    }

    private long count(String table) {
        return world.node()
                .sql()
                .sql("SELECT count(*) FROM " + table)
                .query(Long.class)
                .single();
    }

    private List<Long> positions(String condition) {
        return world.node()
                .sql()
                .sql("SELECT position FROM event_log WHERE %s ORDER BY position".formatted(condition))
                .query(Long.class)
                .list();
    }
}
