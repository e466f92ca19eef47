package dev.recount.query.reports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.launcher.EngineFilter.includeEngines;

import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.HttpAnswer;
import dev.recount.query.QuerySideApplication;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * A query side, in a process of its own, of a build with more classes and migrations than this one has; it also runs a
 * test of that build.
 */
final class SampleNode implements AutoCloseable {

    private static final String LISTENS = "Listens on port ";

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<Integer> port = new CompletableFuture<>();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SampleNode(Process process) {
        this.process = process;
        Thread.startVirtualThread(this::read);
    }

    /**
     * @param classes what the build has besides, in a folder
     * @param test the name of a test class in it
     */
    static SampleNode start(TestDatabase database, Path classes, String test) throws IOException {
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                // It lives for seconds: the second compiler would only compete with what it is to speed up.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "-Daxoniq.update-checker.disabled=true",
                database.server().jvmOption(),
                "-cp",
                classes + File.pathSeparator + System.getProperty("java.class.path"),
                SampleNode.class.getName(),
                test,
                "--server.port=0",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                // The projection is filled meanwhile, on a machine that may have much else to do.
                "--recount.read.patience=60s",
                "--spring.main.banner-mode=off");
        return new SampleNode(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    static void main(String[] arguments) throws IOException {
        var options = Arrays.copyOfRange(arguments, 1, arguments.length);
        boolean passed;
        try (var context =
                (ServletWebServerApplicationContext) SpringApplication.run(QuerySideApplication.class, options)) {
            System.out.println(LISTENS + context.getWebServer().getPort());
            passed = passes(arguments[0]);
            // It ends when the process that started it is done or gone.
            System.in.transferTo(OutputStream.nullOutputStream());
        }
        System.exit(passed ? 0 : 1);
    }

    private static boolean passes(String test) {
        var listener = new SummaryGeneratingListener();
        var request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(test))
                .filters(includeEngines("junit-jupiter"))
                .build();
        LauncherFactory.create().execute(request, listener);
        var summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true));
        return summary.getTestsSucceededCount() > 0 && summary.getTotalFailureCount() == 0;
    }

    private void read() {
        try (var lines = process.inputReader()) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (line.startsWith(LISTENS)) {
                    port.complete(Integer.valueOf(line.substring(LISTENS.length())));
                }
            }
        } catch (IOException killed) {
            output.append(killed).append('\n');
        } finally {
            port.completeExceptionally(new IllegalStateException("it does not listen:\n" + output));
        }
    }

    /** The response, which must be successful. */
    JsonNode get(String pathAndQuery) throws IOException, InterruptedException {
        var address = URI.create("http://127.0.0.1:%d%s".formatted(port.join(), pathAndQuery));
        var answer = client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return HttpAnswer.parse(answer.body());
    }

    /** Lets it end, and waits until its test has passed. */
    void end() throws IOException, InterruptedException {
        process.getOutputStream().close();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("it ends").isTrue();
        assertThat(process.exitValue()).as(output.toString()).isZero();
    }

    @Override
    public void close() {
        client.close();
        process.destroyForcibly();
    }
}
