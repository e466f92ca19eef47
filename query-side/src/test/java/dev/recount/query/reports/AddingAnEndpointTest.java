package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.Events;
import dev.recount.query.HttpAnswer;
import dev.recount.query.QueryServer;
import dev.recount.query.reports.WalkThrough.SourceFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles and runs the read endpoint of {@code docs/adding-an-endpoint.md}. */
class AddingAnEndpointTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCUMENT = REPOSITORY.resolve("docs/adding-an-endpoint.md");
    private static final Pattern READ = Pattern.compile("curl -s 'http://127.0.0.1:8080(/.*)'");
    private static final Pattern WRITE = Pattern.compile("curl -s -X POST 'http://127.0.0.1:8080/.*' .*");
    private static final Pattern MAVEN = Pattern.compile("\\./mvnw (?:-N verify -Dformat=apply"
            + "|-pl (query|command)-side -am test -Dtest=(\\w+) -Dsurefire.failIfNoSpecifiedTests=false)");
    private static final Instant NOON = Instant.parse("2026-01-09T12:00:00Z");

    @TempDir
    Path scratch;

    @Test
    void its_read_endpoint_passes_its_test_and_responds_as_shown() throws Exception {
        var document = WalkThrough.read(DOCUMENT);
        assertThat(document.files()).hasSize(4);
        var files = document.files().stream()
                .filter(file -> file.path().startsWith("query-side/"))
                .toList();
        assertThat(files).hasSize(2);
        var sample = new SampleBuild(REPOSITORY, scratch).of(files);
        try (var database = TestDatabase.fresh();
                var old = QueryServer.on(database)) {
            happens(old);
            assertThat(old.get("/issues/7/commenters").status()).isEqualTo(404);
            try (var node = SampleNode.start(database, sample, testOf(files))) {
                var reads = 0;
                for (var command : document.commands()) {
                    var read = READ.matcher(command.line());
                    if (read.matches()) {
                        assertThat(node.get(read.group(1))).isEqualTo(HttpAnswer.parse(command.answer()));
                        reads++;
                    }
                }
                assertThat(reads).isOne();
                node.end();
            }
        }
    }

    private static void happens(QueryServer server) {
        server.append(Events.issue(NOON, 7, OPEN, null));
        server.append(Events.of(
                NOON,
                "issue-7",
                1,
                new IssueCommented(7, 1, 1, "admin", "Since when?"),
                new IssueCommented(7, 2, 2, "ada", "Since yesterday."),
                new IssueCommented(7, 3, 2, "ada", "After the first page.")));
    }

    private static String testOf(List<SourceFile> files) {
        return files.stream()
                .filter(SourceFile::isTest)
                .findFirst()
                .orElseThrow()
                .className();
    }

    @Test
    void its_commands_run_its_own_tests_and_call_its_own_endpoints() {
        var document = WalkThrough.read(DOCUMENT);
        for (var command : document.commands()) {
            var maven = MAVEN.matcher(command.line());
            if (maven.matches()) {
                assertThat(maven.group(2) == null || isThere(maven.group(1), maven.group(2), document))
                        .as(command.line())
                        .isTrue();
            } else {
                assertThat(command.line())
                        .matches(line -> READ.matcher(line).matches()
                                || WRITE.matcher(line).matches());
                assertThat(command.answer()).as(command.line()).isNotEmpty();
            }
        }
    }

    private static boolean isThere(String side, String test, WalkThrough document) {
        return document.files().stream()
                .anyMatch(file -> file.path().startsWith(side + "-side/")
                        && file.fileName().equals(test + ".java"));
    }
}
