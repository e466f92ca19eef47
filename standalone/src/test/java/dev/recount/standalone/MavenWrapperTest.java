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

/**
 * Checks {@code mvnw}: it runs the pinned Maven, accepts only the published archive, and reports a missing Maven or
 * Java clearly.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "mvnw is a POSIX shell script; Windows has mvnw.cmd")
class MavenWrapperTest {

    private static final String ADVICE = "install one (for example Temurin, https://adoptium.net), and put its bin"
            + " directory on the PATH or name it by JAVA_HOME";
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
        world.removeJdk();
        world.installMaven("3.9.11");

        Outcome outcome = world.runWrapper("verify");

        assertThat(outcome)
                .isEqualTo(new Outcome(
                        1, "", "mvnw: no Java found, but Recount is built with a JDK 25: " + ADVICE + "\n"));
    }

    @Test
    void without_a_jdk_25_the_java_that_there_is_is_named() throws Exception {
        world.removeJdk();
        world.installMaven("3.9.11");

        assertThat(world.runWrapper("verify"))
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "mvnw: found only Java 17.0.15 (" + directory.resolve("path/java")
                                + "), but Recount is built with a JDK 25: " + ADVICE + "\n"));
    }

    @Test
    void a_java_25_without_a_compiler_is_no_jdk() throws Exception {
        Files.delete(directory.resolve("jdks/jdk/bin/javac"));
        world.installMaven("3.9.11");

        assertThat(world.runWrapper("verify").complaints()).contains("Recount is built with a JDK 25");
    }

    @Test
    void what_toolchains_xml_names_is_left_to_maven() throws Exception {
        world.removeJdk();
        world.installMaven("3.9.11");
        Files.createDirectories(directory.resolve("home/.m2"));
        Files.writeString(directory.resolve("home/.m2/toolchains.xml"), "<toolchains/>");

        assertThat(world.runWrapper("verify").output()).isEqualTo("installed <verify>\n");
    }

    @Test
    void the_jdk_is_shown_to_maven() throws Exception {
        world.executable("path/mvn", "echo \"Apache Maven 3.9.11 and $JAVA25_HOME\"");

        assertThat(world.runWrapper("verify").output())
                .isEqualTo("Apache Maven 3.9.11 and " + directory.resolve("jdks/jdk") + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.8.0_452", "11.0.27"})
    void a_jdk_that_is_not_on_the_path_is_found_when_the_one_there_is_too_old(String version) throws Exception {
        world.installJava(version);
        Path home = world.installJdk("25.0.3");
        world.executable("path/mvn", "echo \"Apache Maven 3.9.11 on $JAVA_HOME\"");

        assertThat(world.runWrapper("verify").output()).isEqualTo("Apache Maven 3.9.11 on " + home + "\n");
    }

    @Test
    void a_start_builds_what_runs_and_no_tests_and_says_at_the_first_time_how_long_it_takes() throws Exception {
        world.installMaven("3.9.11");
        String run = "installed <-pl> <:standalone> <-am> <-Dtests.compile.skip> <spring-boot:run>\n";

        assertThat(world.runWrapper("spring-boot:run"))
                .isEqualTo(new Outcome(
                        0,
                        run,
                        "mvnw: the first start downloads and compiles, which takes one to three minutes; later ones"
                                + " take seconds\n"));
        Files.createDirectories(directory.resolve("project/standalone/target/classes/dev"));
        assertThat(world.runWrapper("spring-boot:run")).isEqualTo(new Outcome(0, run, ""));
        assertThat(world.runWrapper("-pl", "standalone", "spring-boot:run").output())
                .isEqualTo("installed <-pl> <standalone> <spring-boot:run>\n");
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
