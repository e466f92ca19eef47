package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.DatabaseLine;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.testing.TestServer;
import dev.recount.eventstore.testing.Thoroughness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Freezes the database's machine while clients use every endpoint. */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class FrozenDatabaseTest {

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** The product's own is a second; a machine that builds something else at the same time needs more. */
    private static final Duration MARGIN = Duration.ofSeconds(Thoroughness.rounds(5, 1));

    private static final List<String> READS = List.of(
            "/issues",
            "/issues?status=open&page_size=5",
            "/issues/1",
            "/issues/1/timeline",
            "/issues/1/history",
            "/issues/1/diff?from=1&to=2",
            "/issues/1?as_of=1",
            "/reports/latency",
            "/reports/throughput?from=2026-01-01&to=2026-02-01",
            "/reports/latency?as_of=1",
            "/reports/workload",
            "/events",
            "/users",
            "/users/1",
            "/projections",
            "/projections/issue-list",
            "/rebuilds",
            "/audit/checkpoints",
            "/audit/checkpoint");

    private static final List<Function<Client, Client.Answer>> WRITES = List.of(
            client -> client.post("/issues", Map.of("title", "Freeze")),
            client -> client.patch("/issues/1", Map.of("title", "Freeze", "version", 2)),
            client -> client.post("/issues/1/comments", Map.of("body", "Seen.", "author", 1)),
            client -> client.put("/issues/1/labels", List.of("frozen")),
            client -> client.put("/issues/bulk-status", List.of(Map.of("id", 1, "status", "closed", "version", 2))),
            client -> client.post("/users", Map.of("username", "grace")),
            client -> client.post("/rebuilds", Map.of("projections", List.of("issue-list"))));

    /** The response to a request during the freeze, and its duration. */
    private record Told(String request, int status, String retryAfter, Duration time) {}

    private TestDatabase database;
    private DatabaseLine line;
    private Recount recount;
    private Client client;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        line = DatabaseLine.to(TestServer.shared());
        recount = Recount.on(database, line.url(database), "--recount.database.patience=" + PATIENCE.toSeconds() + "s");
        client = recount.client();
        client.post("/users", Map.of("username", "ada"));
        client.post("/issues", Map.of("title", "Crash")).expect(201);
        client.patch("/issues/1", Map.of("title", "Crash on save", "version", 1))
                .expect(200);
        client.get("/issues").expect(200);
    }

    @AfterEach
    void stop() {
        line.goOn();
        recount.close();
        line.close();
    }

    @Test
    void every_request_is_answered_503_within_the_bound_and_the_outage_is_a_few_lines(CapturedOutput output)
            throws Exception {
        int before = output.getAll().length();
        line.fallSilent();
        Queue<Told> told = new ConcurrentLinkedQueue<>();
        Queue<Told> probes = new ConcurrentLinkedQueue<>();
        Queue<Told> control = new ConcurrentLinkedQueue<>();
        List<Future<?>> asked = new ArrayList<>();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            long end = System.nanoTime() + PATIENCE.multipliedBy(2).toNanos();
            for (String path : READS) {
                asked.add(clients.submit(() -> askUntil(end, "GET " + path, () -> client.get(path), told)));
            }
            for (int write = 0; write < WRITES.size(); write++) {
                var request = WRITES.get(write);
                asked.add(clients.submit(
                        () -> askUntil(end, "write " + WRITES.indexOf(request), () -> request.apply(client), told)));
            }
            asked.add(clients.submit(
                    () -> askUntil(end, "readiness", () -> client.get("/actuator/health/readiness"), probes)));
            asked.add(clients.submit(() -> askUntil(end, "control", () -> client.get("/nowhere"), control)));
            for (Future<?> each : asked) {
                each.get();
            }
        }
        System.out.printf(
                "Beside a silent database: %d answers, the longest after %d ms; readiness %d ms, without a database %d"
                        + " ms%n",
                told.size(),
                longest(told).toMillis(),
                longest(probes).toMillis(),
                longest(control).toMillis());
        line.goOn();
        awaitUse();
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> output.getAll().contains("answers again"));
        assertThat(told).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(503);
            assertThat(answer.retryAfter()).as(answer.toString()).isNotNull();
        });
        // The duration of a request without the database is the machine's own delay.
        assertThat(longest(told).minus(longest(control))).isLessThan(PATIENCE.plus(MARGIN));
        assertThat(longest(probes).minus(longest(control))).isLessThan(PATIENCE.plus(MARGIN));
        assertFewLines(output.getAll().substring(before));
    }

    @Test
    void a_database_that_answers_again_is_used_within_two_seconds() {
        line.fallSilent();
        client.get("/issues").expect(503);
        client.post("/issues", Map.of("title", "Freeze")).expect(503);
        long thaw = System.nanoTime();
        line.goOn();
        awaitUse();
        Duration time = Duration.ofNanos(System.nanoTime() - thaw);
        System.out.printf("Read and written again %d ms after the database answers again%n", time.toMillis());
        assertThat(time).isLessThan(MARGIN.plusSeconds(1));
    }

    private void awaitUse() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(50))
                .until(() -> client.post("/issues", Map.of("title", "After")).status() == 201);
        client.get("/issues").expect(200);
    }

    private static Duration longest(Queue<Told> told) {
        return told.stream().map(Told::time).max(Duration::compareTo).orElseThrow();
    }

    private static void askUntil(long end, String name, Supplier<Client.Answer> request, Queue<Told> told) {
        do {
            long begin = System.nanoTime();
            Client.Answer answer = request.get();
            told.add(new Told(
                    name,
                    answer.status(),
                    answer.headers().get("retry-after"),
                    Duration.ofNanos(System.nanoTime() - begin)));
            // Waits like clients that respect Retry-After, but less.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        } while (System.nanoTime() < end);
    }

    private static void assertFewLines(String outage) {
        assertThat(outage).doesNotContain("\tat ");
        List<String> others = new ArrayList<>();
        for (String text : outage.lines().toList()) {
            boolean loud = text.contains(" WARN ") || text.contains(" ERROR ");
            if (loud && !text.contains("a request was answered 503")) {
                others.add(text);
            }
        }
        assertThat(others)
                .hasSizeBetween(2, 5)
                .anyMatch(text -> text.contains("The database does not answer"))
                .anyMatch(text -> text.contains("The database answers again after"));
    }
}
