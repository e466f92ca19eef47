package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.standalone.WrapperWorld.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code mvnw} promises: the right Maven, only the published one, and clear words when there is none or no Java. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "mvnw is a POSIX shell script; Windows has mvnw.cmd")
class MavenWrapperTest {

    private static final String CACHE = "home/.m2/wrapper/recount";

    @TempDir
    Path directory;

    private WrapperWorld world;

    @BeforeEach
    void lay_out_the_world() throws Exception {
        world = new WrapperWorld(directory);
    }

    @ParameterizedTest
    @ValueSource(strings = {"3.8.6", "3.8.7", "3.9.0", "3.10.0", "4.0.0", "4.0.0-rc-4"})
    void an_installed_maven_that_is_new_enough_runs_with_all_arguments(String version) throws Exception {
        world.installMaven(version);

        assertThat(world.runWrapper("-B", "-Dname=two words", ""))
                .isEqualTo(new Outcome(0, "installed <-B> <-Dname=two words> <>\n", ""));
        assertThat(world.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.9.9", "3.0.5", "3.6.3", "3.8.5"})
    void an_installed_maven_that_is_too_old_is_passed_by(String version) throws Exception {
        world.installMaven(version);

        assertThat(world.runWrapper("verify").output()).isEqualTo("fetched <verify>\n");
    }

    @Test
    void without_maven_the_pinned_one_is_fetched_once_and_runs_with_all_arguments() throws Exception {
        Outcome first = world.runWrapper("-B", "-Dname=two words");

        assertThat(first.output()).isEqualTo("fetched <-B> <-Dname=two words>\n");
        assertThat(first.complaints()).startsWith("mvnw: fetching Apache Maven 3.9.11");
        assertThat(world.runWrapper("verify")).isEqualTo(new Outcome(0, "fetched <verify>\n", ""));
        assertThat(world.requests())
                .singleElement()
                .asString()
                .endsWith(
                        "https://archive.apache.org/dist/maven/maven-3/3.9.11/binaries/apache-maven-3.9.11-bin.tar.gz");
        assertThat(world.kept(CACHE)).containsExactly("apache-maven-3.9.11");
    }

    @Test
    void an_archive_with_another_hash_is_refused_and_not_kept() throws Exception {
        world.pinTheRealHash();

        Outcome outcome = world.runWrapper("verify");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.output()).isEmpty();
        assertThat(outcome.complaints()).contains("mvnw: refused https://archive.apache.org/");
        assertThat(world.kept(CACHE)).isEmpty();
    }

    @Test
    void a_download_that_fails_is_told_and_not_kept() throws Exception {
        world.executable("path/curl", "exit 22");

        Outcome outcome = world.runWrapper("verify");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.complaints()).contains("mvnw: could not fetch https://archive.apache.org/");
        assertThat(world.kept(CACHE)).isEmpty();
    }

    @Test
    void the_archive_comes_from_a_repository_where_one_is_named() throws Exception {
        world.environment.put("MVNW_REPOURL", "https://mirror.example/maven/");

        assertThat(world.runWrapper("verify").output()).isEqualTo("fetched <verify>\n");
        assertThat(world.requests())
                .singleElement()
                .asString()
                .endsWith(
                        "https://mirror.example/maven/org/apache/maven/apache-maven/3.9.11/apache-maven-3.9.11-bin.tar.gz");
    }

    @Test
    void maven_is_kept_in_the_maven_user_home_where_one_is_named() throws Exception {
        world.environment.put("MAVEN_USER_HOME", directory.resolve("elsewhere").toString());

        assertThat(world.runWrapper("verify").exitCode()).isZero();
        assertThat(world.kept("elsewhere/wrapper/recount")).containsExactly("apache-maven-3.9.11");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dev/null/home", ""})
    void maven_is_kept_in_the_project_when_there_is_no_home_to_write_to(String home) throws Exception {
        world.environment.put("HOME", home);

        assertThat(world.runWrapper("verify").output()).isEqualTo("fetched <verify>\n");
        assertThat(world.kept("project/.mvn/dist")).containsExactly("apache-maven-3.9.11");
    }

    @Test
    void no_java_at_all_is_told_in_words() throws Exception {
        world.removeJava();
        world.installMaven("3.9.11");

        Outcome outcome = world.runWrapper("verify");

        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.complaints()).startsWith("mvnw: no Java found. Install a JDK 25");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_452", "11.0.27"})
    void a_jdk_that_is_not_on_the_path_is_found_when_the_one_there_is_too_old(String version) throws Exception {
        world.installJava(version);
        Path java =
                world.executable("jdks/temurin-25/bin/java", "echo 'openjdk version \"25.0.3\" 2026-04-21 LTS' >&2");
        world.executable("path/mvn", "echo \"Apache Maven 3.9.11 on $JAVA_HOME/bin/java\"");

        assertThat(world.runWrapper("verify").output()).isEqualTo("Apache Maven 3.9.11 on " + java + "\n");
    }

    @Test
    void a_java_home_without_java_is_told_and_passed_by() throws Exception {
        world.environment.put("JAVA_HOME", "/nowhere");
        world.executable("path/mvn", "echo \"Apache Maven 3.9.11 on ${JAVA_HOME-the java of the PATH}\"");

        Outcome outcome = world.runWrapper("verify");

        assertThat(outcome.output()).isEqualTo("Apache Maven 3.9.11 on the java of the PATH\n");
        assertThat(outcome.complaints()).startsWith("mvnw: JAVA_HOME is /nowhere");
    }

    @Test
    void both_wrappers_pin_the_same_maven() throws Exception {
        assertThat(pinned("mvnw.cmd")).hasSize(3).isEqualTo(pinned("mvnw"));
    }

    private static List<String> pinned(String wrapper) throws IOException {
        return Pattern.compile("^\\$?(?:minimum|version|sha512) ?= ?(?:\\[version])?'?([^'\\s]+)", Pattern.MULTILINE)
                .matcher(Files.readString(Path.of("..", wrapper)))
                .results()
                .map(pin -> pin.group(1))
                .toList();
    }
}
