package dev.recount.query.reports;

import static dev.recount.events.IssueStatus.OPEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.query.Events;
import dev.recount.query.HttpAnswer;
import dev.recount.query.reports.WalkThrough.Command;
import dev.recount.query.reports.WalkThrough.SourceFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Follows the steps of {@code docs/adding-a-report.md}. */
class AddingAReportTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCUMENT = REPOSITORY.resolve("docs/adding-a-report.md");
    private static final Pattern CURL = Pattern.compile("curl -s 'http://127.0.0.1:8080(/.*)'");
    private static final Pattern MAVEN = Pattern.compile("\\./mvnw (?:-N verify -Dformat=apply|spring-boot:run"
            + "|-pl query-side -am test -Dtest=([\\w,]+) -Dsurefire.failIfNoSpecifiedTests=false)");

    private static final Instant BEFORE = Instant.parse("2026-01-02T00:00:00Z");
    /** On a shorter log a new projection is not filled beside the others, but follows the log from its first event on. */
    private static final int LONG_LOG = 5_000;

    @TempDir
    Path scratch;

    @Test
    void its_sample_is_filled_from_history_and_answers_as_shown() throws Exception {
        var document = WalkThrough.read(DOCUMENT);
        var sample = new SampleBuild(REPOSITORY, scratch).of(document.files());
        try (var old = new ReportStory()) {
            happens(old);
            assertThat(old.server().get("/reports/handovers").status()).isEqualTo(404);
            assertThat(old.server().get("/reports/throughput").status()).isEqualTo(200);
            try (var node = SampleNode.start(old.database(), sample, testOf(document))) {
                for (var command : document.commands()) {
                    check(command, document.files(), node);
                }
                assertThat(runs(old)).containsExactly("fill {handovers} done");
                assertThat(node.get("/reports")
                                .valueStream()
                                .map(report -> report.get("name").asString()))
                        .contains("handovers", "throughput");
                old.assigned("2026-01-13T00:00:00Z", 1, 3L);
                var later = node.get("/reports/handovers?from=2026-01-12&to=2026-01-13&interval=month");
                assertThat(later.at("/rows/0/handovers").asInt()).isEqualTo(2);
                makeOlder(old);
                await().until(() ->
                        node.get("/projections/handovers").get("generation").asInt() == 2);
                assertThat(runs(old)).containsExactly("fill {handovers} done", "fill {handovers} done");
                assertThat(node.get("/reports/handovers?from=2026-01-12&to=2026-01-13&interval=month"))
                        .isEqualTo(later);
                assertThat(old.server().get("/issues/1").json().at("/assignee").asInt())
                        .isEqualTo(3);
                node.end();
            }
        }
    }

    /** The events of the sample's own test, behind a long history in which none of it happens. */
    private static void happens(ReportStory story) {
        story.created("2026-01-01T00:00:00Z", 9, OPEN, 1L);
        var touches = LongStream.rangeClosed(1, LONG_LOG).mapToObj(edit -> new IssueTouched(9, 1 + edit));
        story.server().append(Events.of(BEFORE, "issue-9", 1, touches.toArray()));
        story.created("2026-01-05T09:00:00Z", 1, OPEN, 1L)
                .assigned("2026-01-05T10:00:00Z", 1, 2L)
                .created("2026-01-06T09:00:00Z", 2, OPEN, null)
                .assigned("2026-01-06T10:00:00Z", 2, 1L)
                .assigned("2026-01-07T10:00:00Z", 2, null)
                .labelled("2026-01-08T10:00:00Z", 1, "bug")
                .assigned("2026-01-11T23:59:59Z", 1, 3L)
                .assigned("2026-01-12T00:00:00Z", 1, 2L)
                .created("2026-01-12T09:00:00Z", 3, OPEN, 1L)
                .assigned("2026-01-12T10:00:00Z", 3, 2L)
                .withdrawn("2026-01-13T09:00:00Z", 3);
    }

    private static String testOf(WalkThrough document) {
        assertThat(document.files()).hasSize(4);
        var tests = document.files().stream().filter(SourceFile::isTest).toList();
        assertThat(tests).hasSize(1);
        return tests.getFirst().className();
    }

    private static void check(Command command, List<SourceFile> files, SampleNode node) throws Exception {
        var curl = CURL.matcher(command.line());
        if (!curl.matches()) {
            var maven = MAVEN.matcher(command.line());
            assertThat(maven.matches()).as(command.line()).isTrue();
            if (maven.group(1) != null) {
                assertThat(maven.group(1).split(",")).allMatch(test -> isTest(test, files));
            }
            return;
        }
        var answer = node.get(curl.group(1));
        if (!command.answer().isEmpty()) {
            var shown = HttpAnswer.parse(command.answer());
            assertThat(shown.propertyNames()).isNotEmpty();
            shown.forEachEntry(
                    (name, value) -> assertThat(answer.get(name)).as(name).isEqualTo(value));
        }
    }

    private static boolean isTest(String name, List<SourceFile> files) {
        var source = name + ".java";
        return files.stream().anyMatch(file -> file.fileName().equals(source))
                || Stream.of("reports", "rebuild")
                        .map(folder -> REPOSITORY.resolve("query-side/src/test/java/dev/recount/query/" + folder))
                        .anyMatch(folder -> Files.exists(folder.resolve(source)));
    }

    /** To the node the rows are then those of an older version than its own, as after a version that went up. */
    private static void makeOlder(ReportStory story) {
        JdbcClient.create(story.database().dataSource())
                .sql("UPDATE projection SET version = version - 1 WHERE name = 'handovers'")
                .update();
    }

    private static List<String> runs(ReportStory story) {
        return JdbcClient.create(story.database().dataSource())
                .sql("SELECT kind || ' ' || projections::text || ' ' || phase FROM rebuild ORDER BY id")
                .query(String.class)
                .list();
    }

    @Test
    void a_file_at_a_path_that_does_not_fit_is_refused() {
        var one = "package dev.recount.query.reports;\n\nfinal class One {}\n";
        var java = "query-side/src/main/java/dev/recount/query/";
        assertThat(WalkThrough.of(block(java + "reports/One.java", "java", one)).files())
                .containsExactly(new SourceFile(java + "reports/One.java", one));
        assertRefused(block(java + "reports/Two.java", "java", one));
        assertRefused(block(java + "One.java", "java", one));
        assertRefused(block(java.replace("main", "test") + "reports/One.java", "java", one));
        assertRefused(block("query-side/src/main/resources/V<next>__one.sql", "sql", "SELECT 1;\n"));
    }

    @Test
    void a_block_that_is_of_no_use_is_refused() {
        assertRefused("```java\nclass One {}\n```\n");
        assertRefused("```sql\nSELECT 1;\n```\n");
        assertRefused("```\nanything\n```\n");
        assertRefused("```json\n{}\n```\n");
        assertRefused("```sh\ntrue\n```\n\n```json\n{}\n```\n\n```json\n{}\n```\n");
        assertRefused("```sh\ntrue\n");
    }

    private static String block(String path, String language, String text) {
        return "`%s`\n\n```%s\n%s```\n".formatted(path, language, text);
    }

    private static void assertRefused(String document) {
        assertThatThrownBy(() -> WalkThrough.of(document)).isInstanceOf(IllegalArgumentException.class);
    }
}
