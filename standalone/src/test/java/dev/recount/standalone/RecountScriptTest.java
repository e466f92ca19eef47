package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.standalone.WrapperWorld.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks {@code ./recount}: it finds a Java 25, builds a jar of the current sources, and passes every argument
 * unchanged.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "recount is a POSIX shell script")
class RecountScriptTest {

    private static final String FLAGS = "<-Xms64m> <-Xmx384m> <-XX:+UseParallelGC> <-XX:+UseCompactObjectHeaders>";

    @TempDir
    Path directory;

    private WrapperWorld world;
    private Path source;
    private Path jar;

    @BeforeEach
    void lay_out_the_world() throws Exception {
        world = new WrapperWorld(directory);
        source = world.installRecount();
        jar = directory.resolve("project/standalone/target/recount.jar").toAbsolutePath();
    }

    @Test
    void the_jar_is_built_once_and_started_with_all_arguments() throws Exception {
        Outcome first = world.runRecount("verify", "two words", "");

        assertThat(first.exitCode()).isZero();
        assertThat(first.output()).isEqualTo("java " + FLAGS + " <-jar> <" + jar + "> <verify> <two words> <>\n");
        assertThat(first.complaints())
                .isEqualTo("recount: building " + jar + ", which takes one to three minutes the first time\n"
                        + "mvnw <-q> <-f> <" + directory.resolve("project/pom.xml")
                        + "> <-pl> <:standalone> <-am> <-DskipTests> <-Dtests.compile.skip> <package>\n");
        assertThat(world.runRecount()).isEqualTo(new Outcome(0, "java " + FLAGS + " <-jar> <" + jar + ">\n", ""));
    }

    @Test
    void a_jar_that_is_older_than_its_sources_is_built_anew() throws Exception {
        world.runRecount();
        Files.setLastModifiedTime(source, FileTime.from(Instant.now().plusSeconds(60)));

        assertThat(world.runRecount().complaints()).startsWith("recount: building ");
    }

    @Test
    void options_for_the_jvm_come_after_the_recommended_ones() throws Exception {
        world.environment.put("RECOUNT_JAVA_OPTIONS", "-Xmx1g -Dname=value");

        assertThat(world.runRecount("verify").output())
                .isEqualTo("java " + FLAGS + " <-Xmx1g> <-Dname=value> <-jar> <" + jar + "> <verify>\n");
    }

    @Test
    void it_is_found_through_a_link() throws Exception {
        world.runRecount();
        Path link = Files.createSymbolicLink(directory.resolve("linked"), Path.of("project/recount"));

        assertThat(world.runScript(link, "verify").output()).contains("<" + jar + "> <verify>");
    }

    @Test
    void without_a_java_25_it_says_which_there_is_and_what_to_install() throws Exception {
        world.removeJdk();

        assertThat(world.runRecount("verify"))
                .isEqualTo(new Outcome(
                        1,
                        "",
                        "recount: found only Java 17.0.15 (" + directory.resolve("path/java")
                                + "), but Recount needs a JDK 25: install one (for example Temurin,"
                                + " https://adoptium.net), and put its bin directory on the PATH or name it by"
                                + " JAVA_HOME\n"));
    }
}
