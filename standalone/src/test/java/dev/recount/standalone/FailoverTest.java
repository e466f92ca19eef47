package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.Thoroughness;
import dev.recount.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Freezes the primary while another host of the URL becomes the new one. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FailoverTest {

    /** The timeout and a second; a machine that builds something else at the same time needs more. */
    private static final Duration BOUND = Duration.ofSeconds(Thoroughness.rounds(20, 6));

    @TempDir
    Path directory;

    @Test
    void the_new_primary_is_found_while_the_former_one_is_frozen() throws Exception {
        Path former = directory.resolve("former");
        Path copy = directory.resolve("copy");
        try (RecountProcess recount = RecountProcess.start(former)) {
            Client client = Client.of(recount.address());
            client.post("/issues", Map.of("title", "Crash")).expect(201);
            client.get("/issues").expect(200);
        }
        // Keeps the owners, unlike Java's copy.
        assertThat(new ProcessBuilder("cp", "-a", former.toString(), copy.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        try (EmbeddedPostgres one = EmbeddedPostgres.start(former);
                EmbeddedPostgres other = EmbeddedPostgres.start(copy);
                RecountProcess recount = RecountProcess.start(
                        directory.resolve("node"),
                        "--spring.datasource.url=jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/recount?targetServerType=primary"
                                .formatted(one.port(), other.port()),
                        "--spring.datasource.username=" + one.user(),
                        "--spring.datasource.password=" + one.password())) {
            Client client = Client.of(recount.address());
            client.get("/issues").expect(200);
            List<ProcessHandle> frozen = Frozen.postgres(former.resolve("cluster"));
            try {
                Frozen.stop(frozen);
                long begin = System.nanoTime();
                Duration[] longest = {Duration.ZERO};
                Awaitility.await()
                        .atMost(Duration.ofMinutes(1))
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> {
                            long asked = System.nanoTime();
                            int status = client.post("/issues", Map.of("title", "After the failover"))
                                    .status();
                            Duration answer = Duration.ofNanos(System.nanoTime() - asked);
                            longest[0] = longest[0].compareTo(answer) > 0 ? longest[0] : answer;
                            return status == 201;
                        });
                Duration found = Duration.ofNanos(System.nanoTime() - begin);
                client.get("/issues").expect(200);
                System.out.printf(
                        "New primary written to %d ms after the freeze, longest answer %d ms%n",
                        found.toMillis(), longest[0].toMillis());
                assertThat(found).isLessThan(BOUND);
                assertThat(longest[0]).isLessThan(BOUND);
                assertThat(recount.output()).doesNotContain("\tat ");
            } finally {
                Frozen.goOn(frozen);
            }
        }
    }
}
