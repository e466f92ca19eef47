package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recount.eventstore.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** Runs the examples of the guide in order on one installation, from the quick start on. */
class GuideTest {

    private static final MarkdownPage README = MarkdownPage.of("README.md");
    private static final MarkdownPage API = MarkdownPage.of("docs/api.md");
    private static final MarkdownPage OPERATIONS = MarkdownPage.of("docs/operations.md");
    private static final String START = "./mvnw spring-boot:run";
    private static final Pattern CALL = Pattern.compile("curl -.*");

    @TempDir
    Path home;

    @Test
    void every_example_works_as_it_is_written_from_the_quick_start_on() throws Exception {
        assumeTrue(run("command -v curl", home).exitCode() == 0, "curl is not installed");
        assertThat(README.shellBlocks("## Quick start")).first().isEqualTo(START + "\n");
        assertThat(MarkdownPage.REPOSITORY.resolve("mvnw")).isExecutable();
        assertThat(MarkdownPage.REPOSITORY.resolve("recount")).isExecutable();
        try (Recount recount = Recount.start()) {
            sendTo(recount.client().address());
            theQuickStart();
            JsonNode topAssignees = theApiByExample();
            thePast(topAssignees);
            whatIsTakenBack();
            theLog();
            theProof();
            theProjections();
            theCommandLine(recount.database());
        }
    }

    private void theQuickStart() throws Exception {
        List<JsonNode> answers = answers(README, "## Quick start", 5);
        assertThat(answers.get(0).path("id").asInt()).isEqualTo(1);
        assertThat(answers.get(1).path("title")).isEqualTo(answers.get(0).path("title"));
        assertThat(answers.get(2).path("version").asInt()).isEqualTo(2);
        assertThat(problemsIn(answers)).containsExactly("stale-version");
        assertThat(answers.get(3).path("status").asInt()).isEqualTo(409);
        assertThat(answers.get(3).path("conflicts")).hasSize(1);
        assertThat(answers.get(4).path("results")).containsExactly(answers.get(2));
    }

    private JsonNode theApiByExample() throws Exception {
        List<JsonNode> answers = answers(API, "## The API by example", 19);
        assertThat(answers.get(2).path("username").asString()).isEqualTo("ada");
        assertThat(answers.get(4).path("results")).containsExactly(answers.get(3));
        assertThat(answers.get(6).path("version").asInt()).isEqualTo(3);
        assertThat(answers.get(7).path("author").asString()).isEqualTo("ada");
        assertThat(answers.get(8)).hasSize(2);
        assertThat(answers.get(9).get(0).path("status").asString()).isEqualTo("resolved");
        assertThat(answers.get(10).path("created").asInt()).isEqualTo(1);
        assertThat(answers.get(10).path("errors").get(0).path("row").asInt()).isEqualTo(2);
        assertThat(answers.get(11).valueStream().map(entry -> entry.path("type").asString()))
                .containsExactly("created", "status_change", "title_change", "assignment", "comment", "label_update");
        assertThat(answers.get(12)).isNotEmpty();
        assertThat(answers.get(13).path("resolved_count").asInt()).isEqualTo(2);
        assertThat(answers.get(14)
                        .valueStream()
                        .map(report -> report.path("name").asString()))
                .contains("created-resolved", "cumulative-flow", "throughput", "cycle-time");
        assertThat(Files.readAllLines(home.resolve("weeks.csv"))).hasSize(13);
        assertThat(answers.get(15).path("rows")).hasSize(3);
        assertThat(answers.get(16).path("interval").asString()).isEqualTo("week");
        assertThat(answers.get(17).path("rows")).hasSize(30);
        assertThat(problemsIn(answers)).containsExactly("validation-failed");
        assertThat(answers.get(18).path("errors").propertyNames()).containsExactlyInAnyOrder("title", "status");
        return answers.get(12);
    }

    private void theProjections() throws Exception {
        List<JsonNode> answers = answers(OPERATIONS, "## Projections", 13);
        assertThat(problemsIn(answers)).isEmpty();
        assertThat(answers.get(0).valueStream().map(one -> one.path("name").asString()))
                .contains("issue-list");
        assertThat(answers.get(1).path("state").asString()).isEqualTo("live");
        assertThat(answers.get(2).path("id").asInt()).isOne();
        assertThat(answers.get(3).path("phase").asString()).isEqualTo("done");
        assertThat(answers.get(4)).isEqualTo(answers.get(3));
        assertThat(answers.get(5).path("projections")).hasSameSizeAs(answers.get(0));
        assertThat(answers.get(6).path("phase").asString()).isEqualTo("done");
        assertThat(answers.get(7).path("kind").asString()).isEqualTo("verification");
        assertThat(answers.get(8).path("differing_rows").asInt(-1)).isZero();
        assertThat(answers.get(9).path("count").asInt()).isEqualTo(3);
        assertThat(answers.get(10).path("count").asInt()).isZero();
        assertThat(answers.get(11).path("refused")).isEmpty();
        assertThat(answers.get(12).path("results")).isEmpty();
    }

    private void thePast(JsonNode topAssignees) throws Exception {
        // The example asks for the moment at which the present second began, and so for none of its events.
        Instant written = Instant.now();
        await().until(() -> Instant.now().truncatedTo(ChronoUnit.SECONDS).isAfter(written));
        List<JsonNode> answers = answers(API, "## Time travel", 4);
        assertThat(problemsIn(answers)).isEmpty();
        assertThat(answers.get(0).path("version").asInt()).isOne();
        assertThat(answers.get(0).path("comments")).isEmpty();
        assertThat(answers.get(1).path("count").isIntegralNumber()).isTrue();
        assertThat(answers.get(2)).isEqualTo(topAssignees);
        assertThat(answers.get(3).path("fields").propertyNames())
                .containsExactlyInAnyOrder("title", "status", "assignee");
    }

    private void whatIsTakenBack() throws Exception {
        List<JsonNode> answers = answers(API, "## Taking things back", 5);
        assertThat(problemsIn(answers)).isEmpty();
        assertThat(answers.get(0).path("taken_back").toString()).isEqualTo("[\"title\",\"assignee\"]");
        assertThat(answers.get(1).path("issues").get(0).path("to").asString()).isEqualTo("closed");
        assertThat(answers.get(2).path("restored").toString()).isEqualTo("[2]");
        assertThat(answers.get(3).at("/issues/count").asInt()).isOne();
        assertThat(answers.get(4).path("withdrawn").asInt()).isOne();
    }

    private void theLog() throws Exception {
        List<JsonNode> answers = answers(API, "## Reading the log", 4);
        assertThat(problemsIn(answers)).isEmpty();
        assertThat(answers.get(0).path("results").get(0).path("type").asString())
                .isEqualTo("IssueStatusChanged");
        assertThat(answers.get(1).path("results")).hasSize(2);
        assertThat(answers.get(2)
                        .path("results")
                        .valueStream()
                        .map(event -> event.path("type").asString()))
                .isNotEmpty()
                .containsOnly("IssueRetitled");
        assertThat(answers.get(3)).isEqualTo(answers.get(1).path("results").get(0));
        assertThat(Files.readAllLines(home.resolve("events.ndjson"))).hasSizeGreaterThan(10);
        assertThat(JsonMapper.shared().readTree(Files.readString(home.resolve("events.json"))))
                .hasSize(4);
    }

    private void theProof() throws Exception {
        List<JsonNode> answers = answers(API, "## Proof of the log", 4);
        assertThat(problemsIn(answers)).isEmpty();
        assertThat(Files.readAllLines(home.resolve("checkpoint.txt"))).hasSize(5);
        assertThat(home.resolve("tile")).hasSize(3 * 32);
        assertThat(answers.get(0).path("results")).isNotEmpty();
        assertThat(answers.get(1)).hasSize(1);
        assertThat(answers.get(2).path("leaf_index").asInt()).isEqualTo(2);
        assertThat(answers.get(3).path("hashes")).isNotEmpty();
    }

    private void theCommandLine(TestDatabase database) throws Exception {
        // The jar is built after the tests; its classes are here.
        Path recount = home.resolve("recount");
        Files.writeString(recount, """
            #!/bin/sh
            SPRING_DATASOURCE_URL='%s' SPRING_DATASOURCE_USERNAME='%s' SPRING_DATASOURCE_PASSWORD='%s'
            export SPRING_DATASOURCE_URL SPRING_DATASOURCE_USERNAME SPRING_DATASOURCE_PASSWORD
            exec '%s/bin/java' -cp '%s' %s "$@"
            """.formatted(
                        database.url(),
                        database.user(),
                        database.password(),
                        System.getProperty("java.home"),
                        System.getProperty("java.class.path"),
                        RecountApplication.class.getName()));
        assertThat(recount.toFile().setExecutable(true)).isTrue();
        Output output = run("set -e\n" + commands(OPERATIONS, "## From the command line"), home);
        assertThat(output.exitCode()).as(output.text()).isZero();
        assertThat(output.text())
                .startsWith("NAME ")
                .contains("No differences.", "Rebuilt issue-list, timeline from ")
                .contains("\"phase\":\"done\"", "Written to log.ndjson.gz.", "Intact: ");
    }

    /** The output of a section's examples, document by document. The quick start begins with the start itself. */
    private List<JsonNode> answers(MarkdownPage page, String heading, int number) throws Exception {
        Output output = run("set -e\n" + commands(page, heading).replace(START + "\n", ""), home);
        assertThat(output.exitCode()).as(output.text()).isZero();
        List<JsonNode> answers = documents(output.text());
        assertThat(answers).as(output.text()).hasSize(number);
        return answers;
    }

    /** Needed because curl without -f succeeds on an error response. */
    private static List<String> problemsIn(List<JsonNode> answers) {
        return answers.stream()
                .filter(answer -> answer.path("status").asInt(0) >= 400)
                .map(answer -> answer.path("code").asString())
                .toList();
    }

    @Test
    void interactive_examples_show_errors_and_name_the_acting_user() {
        List<String> calls = Stream.of(README, API, OPERATIONS)
                .flatMap(page -> CALL.matcher(page.text().replace("\\\n", " ")).results())
                .map(call -> call.group())
                .toList();
        assertThat(calls).hasSizeGreaterThan(50).allMatch(call -> call.startsWith("curl -sS"));
        assertThat(calls)
                .filteredOn(call ->
                        call.matches(".*/(issues|users|bulk-changes|imports)\\b.*") && call.matches(".* (-X|-d|-F) .*"))
                .isNotEmpty()
                .allMatch(call -> call.contains("-H 'X-User-Id: "));
    }

    /** Redirects the usual port of the commands, which may be taken on this machine. */
    private void sendTo(URI address) throws IOException {
        Files.writeString(
                home.resolve(".curlrc"), "connect-to = \"127.0.0.1:8080:127.0.0.1:" + address.getPort() + "\"\n");
    }

    private static String commands(MarkdownPage page, String heading) {
        List<String> blocks = page.shellBlocks(heading);
        assertThat(blocks).as(heading).isNotEmpty();
        return String.join("", blocks);
    }

    /** Begins with a document of its own: the reader would take apart a list that comes first. */
    private static List<JsonNode> documents(String text) {
        try (MappingIterator<JsonNode> documents =
                JsonMapper.shared().readerFor(JsonNode.class).readValues("{}\n" + text)) {
            List<JsonNode> all = documents.readAll();
            return all.subList(1, all.size());
        }
    }

    private record Output(int exitCode, String text) {}

    private static Output run(String script, Path home) throws Exception {
        var builder = new ProcessBuilder("sh", "-c", script).directory(home.toFile());
        builder.environment().put("HOME", home.toString());
        Stream.of("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy", "CURL_HOME", "XDG_CONFIG_HOME")
                .forEach(builder.environment()::remove);
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }
}
