package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many concurrent request and response bodies of megabytes, in a heap too small for all of them. */
class LargeRequestsTest {

    private static final int CLIENTS = 64;
    private static final String LONG_TEXT = "word ".repeat(199_000);

    @TempDir
    private static Path data;

    private static RecountProcess recount;
    private static Client client;

    @BeforeAll
    static void start() {
        recount = RecountProcess.startInHeap("192m", data.resolve("data"));
        client = Client.of(recount.address());
    }

    @AfterAll
    static void stop() {
        recount.close();
    }

    @Test
    void large_bodies_wait_for_each_other_and_are_all_written() {
        List<Integer> statuses = Crowd.of(
                CLIENTS,
                number -> () -> client.post("/issues", Map.of("title", "large", "description", LONG_TEXT))
                        .status());
        assertThat(statuses).containsOnly(201);
        assertThat(recount.output()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void large_answers_wait_for_each_other_and_are_all_given() {
        long author =
                client.post("/users", Map.of("username", "ada")).expect(201).id();
        long issue = client.post("/issues", Map.of("title", "much discussed"))
                .expect(201)
                .id();
        IntStream.range(0, 8)
                .forEach(_ -> client.post("/issues/" + issue + "/comments", Map.of("body", LONG_TEXT, "author", author))
                        .expect(201));
        for (String address : List.of("/issues/" + issue, "/issues/" + issue + "/timeline")) {
            List<Integer> statuses = Crowd.of(CLIENTS / 2, number -> () -> client.status(address));
            assertThat(statuses).as(address).containsOnly(200);
        }
        assertThat(recount.output()).doesNotContain("OutOfMemoryError");
    }

    @Test
    void pages_of_large_events_wait_for_each_other_and_small_requests_for_none() {
        IntStream.range(0, 100)
                .forEach(_ -> client.post("/issues", Map.of("title", "large", "description", LONG_TEXT))
                        .expect(201));
        List<Integer> statuses = Crowd.of(
                40, number -> () -> client.status(number < 20 ? "/events?limit=100" : "/actuator/health/liveness"));
        assertThat(statuses).containsOnly(200);
        assertThat(recount.output()).doesNotContain("OutOfMemoryError");
    }
}
