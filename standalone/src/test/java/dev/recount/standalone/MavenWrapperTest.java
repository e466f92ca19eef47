package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs {@code mvnw} in a world of its own: a PATH of stand-ins, a home and an archive that is really unpacked. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "mvnw is a POSIX shell script; Windows has mvnw.cmd")
class MavenWrapperTest {

    private static final String VERSION = "3.9.11";
    private static final List<String> TOOLS = List.of(
            "awk",
            "cat",
            "cp",
            "dirname",
            "gzip",
            "mkdir",
            "mktemp",
            "mv",
            "rm",
            "sed",
            "sh",
            "sha512sum",
            "shasum",
            "tar");

    @TempDir
    Path world;

    private Path path;
    private Path wrapper;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void lay_out_the_world() throws Exception {
        path = Files.createDirectories(world.resolve("path"));
        for (String tool : TOOLS) {
            Optional<Path> installed = Stream.of(System.getenv("PATH").split(":"))
                    .map(directory -> Path.of(directory, tool))
                    .filter(Files::isExecutable)
                    .findFirst();
            if (installed.isPresent()) {
                executable(path.resolve(tool), "exec '" + installed.get() + "' \"$@\"");
            }
        }
        environment.put("PATH", path.toString());
        environment.put("HOME", world.resolve("home").toString());
        Path archive = archiveOfAMavenThatPrintsItsArguments();
        wrapper = Files.createDirectories(world.resolve("project")).resolve("mvnw");
        Files.writeString(
                wrapper,
                Files.readString(Path.of("..", "mvnw"))
                        .replaceFirst("sha512=\\p{XDigit}+", "sha512=" + sha512(archive))
                        .replaceFirst("jdks='[^']*'", "jdks='" + world.resolve("jdks") + "/*'"));
        executable(path.resolve("java"), "echo 'openjdk version \"17.0.15\" 2025-04-15' >&2");
        executable(path.resolve("curl"), """
            echo "$@" >> '%s/requests'
            while [ "$1" != -o ]; do shift; done
            cp '%s' "$2"
            """.formatted(world, archive));
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.6", "3.8.7", "3.9.0", "3.10.0", "4.0.0", "4.0.0-rc-4"})
    void an_installed_maven_that_is_new_enough_runs_with_all_arguments(String version) throws Exception {
        install(version);

        assertThat(run("-B", "-Dname=two words", ""))
                .isEqualTo(new Outcome(0, "installed <-B> <-Dname=two words> <>\n", ""));
        assertThat(requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.9", "3.0.5", "3.6.3", "3.8.5"})
    void an_installed_maven_that_is_too_old_is_passed_by(String version) throws Exception {
        install(version);

        assertThat(run("verify").output()).isEqualTo("fetched <verify>\n");
    }

    @Test
    void without_maven_the_pinned_one_is_fetched_once_and_runs_with_all_arguments() throws Exception {
        assertThat(run("-B", "-Dname=two words")).satisfies(outcome -> {
            assertThat(outcome.output()).isEqualTo("fetched <-B> <-Dname=two words>\n");
            assertThat(outcome.complaints()).startsWith("mvnw: fetching Apache Maven " + VERSION);
        });
        assertThat(run("verify")).isEqualTo(new Outcome(0, "fetched <verify>\n", ""));
        assertThat(requests())
                .singleElement()
                .asString()
                .endsWith(
                        "https://archive.apache.org/dist/maven/maven-3/3.9.11/binaries/apache-maven-3.9.11-bin.tar.gz");
        assertThat(kept(world.resolve("home/.m2/wrapper/recount"))).containsExactly("apache-maven-" + VERSION);
    }

    @Test
    void an_archive_with_another_hash_is_refused_and_not_kept() throws Exception {
        Files.writeString(wrapper, Files.readString(Path.of("..", "mvnw")));

        assertThat(run("verify")).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.output()).isEmpty();
            assertThat(outcome.complaints()).contains("mvnw: refused https://archive.apache.org/");
        });
        assertThat(kept(world.resolve("home/.m2/wrapper/recount"))).isEmpty();
    }

    @Test
    void a_download_that_fails_is_told_and_not_kept() throws Exception {
        executable(path.resolve("curl"), "exit 22");

        assertThat(run("verify")).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.complaints()).contains("mvnw: could not fetch https://archive.apache.org/");
        });
        assertThat(kept(world.resolve("home/.m2/wrapper/recount"))).isEmpty();
    }

    @Test
    void the_archive_comes_from_a_repository_where_one_is_named() throws Exception {
        environment.put("MVNW_REPOURL", "https://mirror.example/maven/");

        assertThat(run("verify").output()).isEqualTo("fetched <verify>\n");
        assertThat(requests())
                .singleElement()
                .asString()
                .endsWith(
                        "https://mirror.example/maven/org/apache/maven/apache-maven/3.9.11/apache-maven-3.9.11-bin.tar.gz");
    }

    @Test
    void maven_is_kept_in_the_maven_user_home_where_one_is_named() throws Exception {
        environment.put("MAVEN_USER_HOME", world.resolve("elsewhere").toString());

        assertThat(run("verify").exitCode()).isZero();
        assertThat(kept(world.resolve("elsewhere/wrapper/recount"))).containsExactly("apache-maven-" + VERSION);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null/home", ""})
    void maven_is_kept_in_the_project_when_the_home_cannot_be_written(String home) throws Exception {
        environment.put("HOME", home);

        assertThat(run("verify").output()).isEqualTo("fetched <verify>\n");
        assertThat(kept(world.resolve("project/.mvn/dist"))).containsExactly("apache-maven-" + VERSION);
    }

    @Test
    void no_java_at_all_is_told_in_words() throws Exception {
        Files.delete(path.resolve("java"));
        install("3.9.11");

        assertThat(run("verify")).satisfies(outcome -> {
            assertThat(outcome.exitCode()).isEqualTo(1);
            assertThat(outcome.complaints()).startsWith("mvnw: no Java found. Install a JDK 25");
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_452", "11.0.27"})
    void a_jdk_that_is_not_on_the_path_is_found_when_the_one_there_is_too_old(String version) throws Exception {
        executable(path.resolve("java"), "echo 'openjdk version \"" + version + "\"' >&2");
        Path jdk = world.resolve("jdks/temurin-25");
        executable(jdk.resolve("bin/java"), "echo 'openjdk version \"25.0.3\" 2026-04-21 LTS' >&2");
        executable(path.resolve("mvn"), "echo \"Apache Maven 3.9.11 on $JAVA_HOME\"");

        assertThat(run("verify").output()).isEqualTo("Apache Maven 3.9.11 on " + jdk + "\n");
    }

    @Test
    void a_java_home_without_java_is_told_and_passed_by() throws Exception {
        environment.put("JAVA_HOME", "/nowhere");
        executable(path.resolve("mvn"), "echo \"Apache Maven 3.9.11 on ${JAVA_HOME-the java of the PATH}\"");

        assertThat(run("verify")).satisfies(outcome -> {
            assertThat(outcome.output()).isEqualTo("Apache Maven 3.9.11 on the java of the PATH\n");
            assertThat(outcome.complaints()).startsWith("mvnw: JAVA_HOME is /nowhere");
        });
    }

    private record Outcome(int exitCode, String output, String complaints) {}

    private Outcome run(String... arguments) throws Exception {
        var command = Stream.concat(Stream.of("/bin/sh", wrapper.toString()), Stream.of(arguments))
                .toList();
        return run(command, environment);
    }

    private Outcome run(List<String> command, Map<String, String> environment) throws Exception {
        Path complaints = world.resolve("complaints");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output, Files.readString(complaints));
    }

    private void install(String version) throws IOException {
        executable(path.resolve("mvn"), """
            if [ "$*" = --version ]; then printf '\\033[1mApache Maven %s\\033[m\\nJava version: 17.0.15\\n'; exit; fi
            printf 'installed'; printf ' <%%s>' "$@"; echo
            """.formatted(version));
    }

    private Path archiveOfAMavenThatPrintsItsArguments() throws Exception {
        executable(
                world.resolve("archive/apache-maven-" + VERSION + "/bin/mvn"),
                "printf 'fetched'; printf ' <%s>' \"$@\"; echo");
        Path archive = world.resolve("archive.tar.gz");
        run(
                List.of(
                        "tar",
                        "-czf",
                        archive.toString(),
                        "-C",
                        world.resolve("archive").toString(),
                        "."),
                environment);
        return archive;
    }

    private String sha512(Path file) throws Exception {
        return run(List.of("sha512sum", file.toString()), environment).output().substring(0, 128);
    }

    private List<String> requests() throws IOException {
        Path requests = world.resolve("requests");
        return Files.exists(requests) ? Files.readAllLines(requests) : List.of();
    }

    private static List<String> kept(Path cache) throws IOException {
        try (var kept = Files.list(cache)) {
            return kept.map(file -> file.getFileName().toString()).toList();
        }
    }

    private static void executable(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
