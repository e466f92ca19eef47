package dev.recount.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.eventstore.scan.LogScan;
import dev.recount.eventstore.testing.EventStoreNode;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KilledRebuildTest {

    /** A process that rebuilds the issue list and is held up at the gate. */
    static final class Rebuilding {

        private Rebuilding() {}

        public static void main(String[] arguments) throws Exception {
            try (var dataSource = new HikariDataSource()) {
                dataSource.setJdbcUrl(arguments[0]);
                dataSource.setUsername(arguments[1]);
                dataSource.setPassword(arguments[2]);
                var node = EventStoreNode.on(dataSource);
                var projections =
                        List.of(new Gate(AllProjections.named("issue-list")), AllProjections.named("timeline"));
                var rebuilds = new Rebuilds(
                        dataSource, node.context().getBean(LogScan.class), List.copyOf(projections), "to be killed");
                RebuildWorld.end(rebuilds.rebuild(List.of("issue-list", "timeline")));
            }
        }
    }

    @Test
    void a_rebuild_whose_process_is_killed_is_interrupted_and_leaves_no_debris() throws Exception {
        try (var world = new RebuildWorld(41)) {
            world.tracker().act(100);
            world.await();
            var before = world.hashes();
            var generations = world.generations();
            Process process;
            try (var gate = new Gate.Closed(world.database().dataSource())) {
                process = start(world);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> gate.isWaitedFor(world.node().sql()));
                assertThat(world.debris()).hasSize(4);
                world.sweep();
                assertThat(world.debris())
                        .as("a run that lives keeps its tables")
                        .hasSize(4);
                process.destroyForcibly();
                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                world.sweep();
                assertThat(world.debris()).isEmpty();
            });
            assertThat(world.rebuilds().newest(1)).singleElement().satisfies(run -> {
                assertThat(run.phase()).isEqualTo(RebuildPhase.INTERRUPTED);
                assertThat(run.node()).isEqualTo("to be killed");
            });
            assertThat(world.hashes()).isEqualTo(before);
            assertThat(world.generations()).isEqualTo(generations);
            world.rebuilt(List.of("issue-list", "timeline"));
            assertThat(world.hashes()).isEqualTo(before);
        }
    }

    private static Process start(RebuildWorld world) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Daxoniq.update-checker.disabled=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rebuilding.class.getName(),
                        world.database().url(),
                        world.database().user(),
                        world.database().password())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.INHERIT)
                .start();
    }
}
