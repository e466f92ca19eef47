package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MappingIterator;
import tools.jackson.databind.json.JsonMapper;

/** What the README promises, done as it says. */
class ReadmeTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final String START = "./mvnw spring-boot:run";
    private static final Pattern SHELL = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("^\\| `(recount\\.[a-z.-]+)`", Pattern.MULTILINE);

    @TempDir
    Path home;

    @Test
    void the_quick_start_does_what_it_says_as_it_is_written() throws Exception {
        assumeTrue(run("command -v curl", home).exitCode() == 0, "curl is not installed");
        List<String> blocks = shellBlocks(section("## Quick start"));
        assertThat(blocks).first().isEqualTo(START + "\n");
        assertThat(REPOSITORY.resolve("mvnw")).isExecutable();
        try (Recount recount = Recount.start()) {
            sendTo(recount.client().address());
            String commands = blocks.stream().skip(1).collect(Collectors.joining());
            Output output = run("set -e\n" + commands, home);
            assertThat(output.exitCode()).as(output.text()).isZero();
            List<JsonNode> answers = documents(output.text());
            assertThat(answers).hasSize(5);
            assertThat(answers.get(0).path("id").asInt()).isEqualTo(1);
            assertThat(answers.get(1).path("title")).isEqualTo(answers.get(0).path("title"));
            assertThat(answers.get(2).path("version").asInt()).isEqualTo(2);
            assertThat(answers.get(3).path("status").asInt()).isEqualTo(409);
            assertThat(answers.get(3).path("conflicts")).hasSize(1);
            assertThat(answers.get(4).path("results")).containsExactly(answers.get(2));
        }
    }

    @Test
    void every_example_of_the_API_works_as_it_is_written() throws Exception {
        assumeTrue(run("command -v curl", home).exitCode() == 0, "curl is not installed");
        try (Recount recount = Recount.start()) {
            sendTo(recount.client().address());
            String commands = Stream.of("## The API by example", "## Time travel", "## Taking things back")
                    .map(ReadmeTest::commands)
                    .collect(Collectors.joining());
            Output output = run("set -e\ncd \"$HOME\"\n" + commands, home);
            assertThat(output.exitCode()).as(output.text()).isZero();
            List<JsonNode> answers = documents(output.text());
            assertThat(answers).hasSize(41);
            assertThat(answers.get(2).path("username").asString()).isEqualTo("ada");
            assertThat(answers.get(4).path("results")).containsExactly(answers.get(3));
            assertThat(answers.get(6).path("version").asInt()).isEqualTo(2);
            assertThat(answers.get(7).path("author").asString()).isEqualTo("ada");
            assertThat(answers.get(8)).hasSize(2);
            assertThat(answers.get(9).get(0).path("status").asString()).isEqualTo("resolved");
            assertThat(answers.get(10).path("created").asInt()).isEqualTo(1);
            assertThat(answers.get(10).path("errors").get(0).path("row").asInt())
                    .isEqualTo(2);
            assertThat(answers.get(11)
                            .valueStream()
                            .map(entry -> entry.path("type").asString()))
                    .containsExactly(
                            "created", "title_change", "assignment", "comment", "label_update", "status_change");
            assertThat(answers.get(12)).hasSize(1);
            assertThat(answers.get(13).path("resolved_count").asInt()).isOne();
            assertThat(answers.get(14)
                            .valueStream()
                            .map(report -> report.path("name").asString()))
                    .contains("created-resolved", "cumulative-flow", "throughput", "cycle-time");
            assertThat(Files.readAllLines(home.resolve("weeks.csv"))).hasSize(13);
            assertThat(answers.get(15).path("rows")).hasSize(3);
            assertThat(answers.get(16).path("interval").asString()).isEqualTo("week");
            assertThat(answers.get(17).path("rows")).hasSize(30);
            assertThat(answers.get(18).path("code").asString()).isEqualTo("validation-failed");
            assertThat(answers.get(18).path("errors").propertyNames()).containsExactlyInAnyOrder("title", "status");
            assertThatProjectionsAreAdministered(answers.subList(19, 32));
            assertThatThePastIsTold(answers.subList(32, 36), answers.get(12));
            assertThatChangesAreTakenBack(answers.subList(36, 41));
        }
    }

    private static void assertThatThePastIsTold(List<JsonNode> answers, JsonNode topAssignees) {
        assertThat(answers.get(0).path("version").asInt()).isOne();
        assertThat(answers.get(0).path("comments")).isEmpty();
        assertThat(answers.get(1).path("count").isIntegralNumber()).isTrue();
        assertThat(answers.get(2)).isEqualTo(topAssignees);
        assertThat(answers.get(3).path("fields").propertyNames()).containsExactly("title", "assignee");
    }

    private static void assertThatChangesAreTakenBack(List<JsonNode> answers) {
        assertThat(answers.get(0).path("taken_back").toString()).isEqualTo("[\"title\",\"assignee\"]");
        assertThat(answers.get(1).path("issues").get(0).path("to").asString()).isEqualTo("closed");
        assertThat(answers.get(2).path("restored").toString()).isEqualTo("[2]");
        assertThat(answers.get(3).at("/issues/count").asInt()).isOne();
        assertThat(answers.get(4).path("withdrawn").asInt()).isOne();
    }

    private static void assertThatProjectionsAreAdministered(List<JsonNode> answers) {
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

    @Test
    void the_log_can_be_read_as_it_is_written() throws Exception {
        assumeTrue(run("command -v curl", home).exitCode() == 0, "curl is not installed");
        try (Recount recount = Recount.start()) {
            recount.client().post("/issues", Map.of("title", "Recounted")).expect(201);
            sendTo(recount.client().address());
            String edit = """
                curl -sf -X PATCH http://127.0.0.1:8080/issues/1 -H 'Content-Type: application/json' \
                     -H 'X-User-Id: 1' -d '{"title": "Recount", "version": 1}' > edited.json
                """;
            String commands = edit + String.join("", shellBlocks(section("## Reading the log")));
            Output output = run("set -e\ncd \"$HOME\"\n" + commands, home);
            assertThat(output.exitCode()).as(output.text()).isZero();
            List<JsonNode> answers = documents(output.text());
            assertThat(answers).hasSize(4);
            JsonNode retitled = answers.get(0).path("results").get(0);
            assertThat(retitled.path("type").asString()).isEqualTo("IssueRetitled");
            assertThat(answers.get(1).path("results")).hasSize(2);
            assertThat(answers.get(2).path("results")).containsExactly(retitled);
            assertThat(answers.get(3)).isEqualTo(answers.get(1).path("results").get(0));
            assertThat(Files.readAllLines(home.resolve("events.ndjson"))).hasSize(4);
            assertThat(documents(Files.readString(home.resolve("events.json")))).hasSize(1);
        }
    }

    @Test
    void the_log_is_proved_as_it_is_written() throws Exception {
        assumeTrue(run("command -v curl", home).exitCode() == 0, "curl is not installed");
        try (Recount recount = Recount.start()) {
            recount.client().post("/issues", Map.of("title", "Recounted")).expect(201);
            sendTo(recount.client().address());
            String commands = String.join("", shellBlocks(section("## Proof of the log")));
            Output output = run("set -e\ncd \"$HOME\"\n" + commands, home);
            assertThat(output.exitCode()).as(output.text()).isZero();
            assertThat(Files.readAllLines(home.resolve("checkpoint.txt"))).hasSize(5);
            assertThat(home.resolve("tile")).hasSize(3 * 32);
            List<JsonNode> answers = documents(output.text());
            assertThat(answers).hasSize(4);
            assertThat(answers.get(0).path("results")).isNotEmpty();
            assertThat(answers.get(1)).hasSize(1);
            assertThat(answers.get(2).path("leaf_index").asInt()).isEqualTo(2);
            assertThat(answers.get(3).path("hashes")).isEmpty();
        }
    }

    @Test
    void every_command_works_as_it_is_written() throws Exception {
        try (Recount recount = Recount.start()) {
            recount.client().post("/issues", Map.of("title", "Recounted")).expect(201);
            // The jar is made after the tests; its classes are here.
            String jar = """
                java() {
                    test "$1 $2" = "-jar standalone/target/recount.jar" || return 9
                    shift 2
                    '%s/bin/java' -cp '%s' %s "$@"
                }
                export SPRING_DATASOURCE_URL='%s' SPRING_DATASOURCE_USERNAME='%s' SPRING_DATASOURCE_PASSWORD='%s'
                """.formatted(
                            System.getProperty("java.home"),
                            System.getProperty("java.class.path"),
                            RecountApplication.class.getName(),
                            recount.database().url(),
                            recount.database().user(),
                            recount.database().password());
            String commands = String.join("", shellBlocks(section("## From the command line")));
            Output output = run("set -e\n" + jar + commands, home);
            assertThat(output.exitCode()).as(output.text()).isZero();
            assertThat(output.text())
                    .startsWith("NAME ")
                    .contains("No differences.", "Rebuilt issue-list, timeline from 3 events")
                    .contains("\"phase\":\"done\"");
        }
    }

    @Test
    void the_README_names_every_option_there_is_and_no_other() throws IOException {
        assertThat(OPTION.matcher(section("## Configuration")).results().map(found -> found.group(1)))
                .containsExactlyInAnyOrderElementsOf(UnknownOptions.known().stream()
                        .map(ConfigurationPropertyName::toString)
                        .toList());
    }

    /** The commands name the usual port, which may be somebody else's here. */
    private void sendTo(URI address) throws IOException {
        Files.writeString(
                home.resolve(".curlrc"), "connect-to = \"127.0.0.1:8080:127.0.0.1:" + address.getPort() + "\"\n");
    }

    private static String section(String heading) throws IOException {
        String readme = Files.readString(REPOSITORY.resolve("README.md"));
        int begin = readme.indexOf(heading + "\n");
        assertThat(begin).as(heading).isNotNegative();
        int end = readme.indexOf("\n## ", begin);
        return readme.substring(begin, end < 0 ? readme.length() : end);
    }

    private static String commands(String heading) {
        try {
            return String.join("", shellBlocks(section(heading)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> shellBlocks(String markdown) {
        return SHELL.matcher(markdown).results().map(block -> block.group(1)).toList();
    }

    private static List<JsonNode> documents(String text) {
        try (MappingIterator<JsonNode> documents =
                JsonMapper.shared().readerFor(JsonNode.class).readValues(text)) {
            return documents.readAll();
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
