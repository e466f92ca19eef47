package dev.recount.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.recount.query.generations.GenerationSchemas;
import dev.recount.query.generations.TableGeneration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InitialFillTest {

    private final List<InitialFill> watches = new ArrayList<>();
    private RebuildWorld world;

    @BeforeEach
    void start() {
        world = new RebuildWorld(31);
        world.tracker().act(80);
        world.await();
    }

    @AfterEach
    void stop() {
        watches.forEach(InitialFill::stop);
        world.close();
    }

    private void watch(Rebuilds rebuilds) {
        var watch = new InitialFill(rebuilds);
        watches.add(watch);
        watch.start();
    }

    private void awaitFilled(String name, int generation) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> world.generations().get(name) == generation
                        && world.rebuilds().newest(1).getFirst().phase().isOver());
    }

    @Test
    void a_projection_that_was_never_filled_is_filled_by_one_of_two_nodes() throws Exception {
        var before = world.hashes();
        sql("UPDATE projection SET generation = 0, position = 0 WHERE name = 'timeline'; TRUNCATE timeline_entry,"
                + " timeline_issue");
        try (var one = world.rebuilds("one");
                var two = world.rebuilds("two")) {
            watch(one);
            watch(two);
            awaitFilled("timeline", 1);
            assertThat(world.rebuilds().newest(10)).singleElement().satisfies(run -> {
                assertThat(run.kind()).isEqualTo(RebuildKind.FILL);
                assertThat(run.phase()).isEqualTo(RebuildPhase.DONE);
                assertThat(run.projections()).containsExactly("timeline");
            });
            assertThat(world.hashes()).isEqualTo(before);
        }
    }

    @Test
    void a_projection_of_a_higher_version_is_filled_while_the_old_generation_serves() throws Exception {
        sql("UPDATE projection SET version = 0 WHERE name = 'issue-list'");
        var before = world.hashes();
        try (var gated = world.rebuilds("gated", new Gate(AllProjections.named("issue-list")));
                var gate = new Gate.Closed(world.database().dataSource())) {
            watch(gated);
            await().until(() -> gate.isWaitedFor(world.node().sql()));
            assertThat(world.hashes()).isEqualTo(before);
            gate.close();
            awaitFilled("issue-list", 2);
            assertThat(world.node()
                            .sql()
                            .sql("SELECT version FROM projection WHERE name = 'issue-list'")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(AllProjections.named("issue-list").version());
            assertThat(world.hashes()).isEqualTo(before);
        }
    }

    @Test
    void what_cannot_be_filled_keeps_nothing_else_from_being_filled_and_is_not_tried_in_a_loop() throws Exception {
        sql("UPDATE projection SET version = 0 WHERE name IN ('user-list', 'timeline')");
        sql("CREATE VIEW users AS SELECT * FROM user_row");
        watch(world.rebuilds());
        awaitFilled("timeline", 2);
        assertThat(world.generations()).containsEntry("user-list", 1);
        assertThat(world.rebuilds().newest(10)).hasSize(2);
        assertThat(world.rebuilds().unfilledAndNotGivenUp()).doesNotContain("user-list");
        assertThat(world.rebuilds().unfilled()).contains("user-list");
    }

    @Test
    void runs_of_processes_that_are_gone_are_ended_and_their_tables_dropped() throws Exception {
        sql("INSERT INTO rebuild (kind, projections, node, phase) VALUES ('rebuild', '{timeline}', 'gone', 'loading')");
        var id = world.rebuilds().newest(1).getFirst().id();
        try (var connection = world.database().dataSource().getConnection()) {
            new TableGeneration(GenerationSchemas.name("timeline", id), "public", List.of("timeline_entry"))
                    .create(connection, GenerationSchemas.comment("timeline", id));
        }
        assertThat(world.debris()).hasSize(2);
        watch(world.rebuilds());
        await().until(() -> world.rebuilds().find(id).orElseThrow().phase() == RebuildPhase.INTERRUPTED);
        assertThat(world.debris()).isEmpty();
    }

    private void sql(String sql) {
        world.node().sql().sql(sql).update();
    }
}
