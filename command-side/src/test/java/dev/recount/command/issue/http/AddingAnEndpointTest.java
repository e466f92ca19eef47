package dev.recount.command.issue.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import dev.recount.command.testing.CommandServer;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.testing.TestServer;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Compiles and runs the write endpoint of {@code docs/adding-an-endpoint.md}, in a process of its own. */
class AddingAnEndpointTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();
    private static final Path DOCUMENT = REPOSITORY.resolve("docs/adding-an-endpoint.md");
    private static final Pattern FILE = Pattern.compile(
            "^`(command-side/src/(?:main|test)/java/([^`\\n]+)\\.java)`\\n\\n```java\\n(.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CALL = Pattern.compile(
            "^curl -s -X POST 'http://127\\.0\\.0\\.1:8080(/\\S+)' -H 'Content-Type: application/json'"
                    + " -H 'X-User-Id: 1' -d '(.+)'$.*?^```json\\n(.*?)^```$",
            Pattern.MULTILINE | Pattern.DOTALL);

    @TempDir
    Path scratch;

    @Test
    void its_write_endpoint_passes_its_test_and_responds_as_shown() throws Exception {
        List<MatchResult> files =
                FILE.matcher(Files.readString(DOCUMENT)).results().toList();
        assertThat(files).hasSize(2);
        Path classes = compile(files);
        String test = files.getLast().group(2).replace('/', '.');
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-Daxoniq.update-checker.disabled=true",
                        TestServer.shared().jvmOption(),
                        "-cp",
                        classes + File.pathSeparator + System.getProperty("java.class.path"),
                        AddingAnEndpointTest.class.getName(),
                        test)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    private Path compile(List<MatchResult> files) throws IOException {
        Path classes = Files.createDirectory(scratch.resolve("classes"));
        List<Path> sources = new ArrayList<>();
        for (MatchResult file : files) {
            assertThat(REPOSITORY.resolve(file.group(1))).doesNotExist();
            Path source = scratch.resolve(file.group(1));
            Files.createDirectories(source.getParent());
            sources.add(Files.writeString(source, file.group(3)));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of(
                    "-d",
                    classes.toString(),
                    "-proc:none",
                    "-Xlint:all,-classfile,-path,-serial",
                    "-Werror",
                    "-parameters");
            var units = manager.getJavaFileObjectsFromPaths(sources);
            assertThat(compiler.getTask(messages, manager, null, options, null, units)
                            .call())
                    .as(messages.toString())
                    .isTrue();
        }
        return classes;
    }

    /** The process with the endpoint: it runs the endpoint's test, and then the call that the document shows. */
    static void main(String[] arguments) throws Exception {
        assertThat(failuresOf(arguments[0])).isEmpty();
        MatchResult call =
                CALL.matcher(Files.readString(DOCUMENT)).results().findFirst().orElseThrow();
        try (TestDatabase database = TestDatabase.fresh();
                CommandServer server = CommandServer.on(database)) {
            server.send("POST", "/issues", "{\"title\": \"Export stops\"}");
            JsonNode response = server.send("POST", call.group(1), call.group(2), "X-User-Id", "1")
                    .json();
            JsonNode shown = JsonMapper.shared().readTree(call.group(3));
            assertThat(shown.propertyNames()).isNotEmpty();
            shown.forEachEntry((name, value) ->
                    assertThat(response.get(name)).as(response.toString()).isEqualTo(value));
        }
        System.exit(0);
    }

    private static String failuresOf(String test) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectClass(test))
                                .filters(includeEngines("junit-jupiter"))
                                .build(),
                        listener);
        StringWriter failures = new StringWriter();
        listener.getSummary().printFailuresTo(new PrintWriter(failures, true));
        return listener.getSummary().getTestsSucceededCount() > 0 ? failures.toString() : "No test has run.";
    }
}
