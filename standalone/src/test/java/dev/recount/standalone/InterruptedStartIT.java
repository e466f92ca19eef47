package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recount.eventstore.testing.Thoroughness;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first start, in a fresh copy of the repository, and its end by Ctrl-C. */
class InterruptedStartIT {

    private static final Set<String> NOT_IN_A_CLONE = Set.of("target", ".git", "data");
    private static final Duration MAVEN_ENDS = Duration.ofSeconds(2);

    @TempDir
    Path clone;

    @Test
    void a_first_start_compiles_no_tests_and_ends_soon_after_ctrl_c() throws Exception {
        assumeTrue(Thoroughness.rounds(0, 1) == 1, "compiles everything");
        copyTheRepository();
        Path output = clone.resolve("output.txt");
        // A separate process group, as in a terminal, since Ctrl-C reaches the whole group.
        Process maven = new ProcessBuilder(
                        "env",
                        "--default-signal=INT",
                        "setsid",
                        "./mvnw",
                        "spring-boot:run",
                        "-Dspring-boot.run.arguments=--server.port=0")
                .directory(clone.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            await().atMost(Duration.ofMinutes(10))
                    .until(() -> !maven.isAlive() || Files.readString(output).contains("Recount is ready."));
            assertThat(maven.isAlive()).as(Files.readString(output)).isTrue();
            long begin = System.nanoTime();
            new ProcessBuilder("kill", "-INT", "--", "-" + maven.pid())
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(maven.waitFor(1, TimeUnit.MINUTES)).isTrue();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(MAVEN_ENDS);
        } finally {
            maven.destroyForcibly();
        }
        assertThat(Files.readString(output))
                .startsWith("mvnw: the first start downloads and compiles")
                .contains("PostgreSQL on 127.0.0.1:")
                .doesNotContain("benchmarks");
        assertThat(clone.resolve("standalone/target/test-classes/dev")).doesNotExist();
    }

    private void copyTheRepository() throws IOException {
        Path repository = Path.of("..").toAbsolutePath().normalize();
        Files.walkFileTree(repository, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NOT_IN_A_CLONE.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(clone.resolve(repository.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, clone.resolve(repository.relativize(file)), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
