package dev.recount.query.rebuild;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.scan.LogScan;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.testing.Thoroughness;
import dev.recount.query.daemon.QueryNode;
import dev.recount.query.projection.Projection;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A rebuild and a verification of all projections, in one pass each, of a log that is longer than the heap. */
class RebuildInSmallHeapTest {

    private static final int MEGABYTE = 1 << 20;
    private static final String HEAP = "-Xmx%dm".formatted(Thoroughness.rounds(192, 512));

    /** A process that rebuilds all projections, verifies them, and ends well only if that went well. */
    static final class Rebuilding {

        private Rebuilding() {}

        public static void main(String[] arguments) throws Exception {
            try (var dataSource = new HikariDataSource()) {
                dataSource.setJdbcUrl(arguments[0]);
                dataSource.setUsername(arguments[1]);
                dataSource.setPassword(arguments[2]);
                var projections = AllProjections.list();
                var names = projections.stream().map(Projection::name).toList();
                try (var node = EventStoreNode.on(dataSource);
                        var rebuilds =
                                new Rebuilds(dataSource, node.context().getBean(LogScan.class), projections, "small")) {
                    requireDone(RebuildWorld.end(rebuilds.rebuild(names)));
                    var verified = RebuildWorld.end(rebuilds.verify(names));
                    requireDone(verified);
                    if (RunJson.of(verified).differingRows() != 0) {
                        throw new AssertionError(verified);
                    }
                }
            }
        }

        private static void requireDone(RebuildState state) {
            if (state.phase() != RebuildPhase.DONE) {
                throw new AssertionError(state);
            }
        }
    }

    @Test
    void payloads_of_a_megabyte_need_no_more_than_a_few_windows() throws Exception {
        try (var database = TestDatabase.fresh()) {
            try (var node = QueryNode.on(
                    database.dataSource(),
                    AllProjections.list().stream().map(Object::getClass).toArray(Class<?>[]::new))) {
                fill(node.log());
                AllProjections.list().forEach(projection -> node.barrier().await(projection.name()));
            }
            var process = start(database);
            assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
            assertThat(process.exitValue()).isZero();
        }
    }

    /** Every text is a megabyte long, half of them in characters of two bytes in memory and three in the log. */
    private static void fill(EventStoreNode log) {
        for (var issue = 1; issue <= Thoroughness.rounds(60, 200); issue++) {
            var text = issue % 2 == 0 ? "x".repeat(MEGABYTE) : "\u4f60".repeat(MEGABYTE / 3);
            log.append(
                    "issue-" + issue,
                    0,
                    new IssueCreated(issue, "Long", text, IssueStatus.OPEN, 1L, 1),
                    new IssueStatusChanged(issue, IssueStatus.OPEN, IssueStatus.IN_PROGRESS, 2));
            log.append(
                    "issue-" + issue,
                    2,
                    new IssueCommented(issue, issue, 1, "ada", text),
                    new IssueDescriptionChanged(issue, text + "!", 3),
                    new IssueStatusChanged(issue, IssueStatus.IN_PROGRESS, IssueStatus.RESOLVED, 4));
        }
    }

    private static Process start(TestDatabase database) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        HEAP,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-Daxoniq.update-checker.disabled=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rebuilding.class.getName(),
                        database.url(),
                        database.user(),
                        database.password())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.INHERIT)
                .start();
    }
}
