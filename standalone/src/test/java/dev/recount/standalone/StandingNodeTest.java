package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.EventType;
import dev.recount.eventstore.testing.SealCheck;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.testing.Thoroughness;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Suspends one of two nodes under load at a random moment, and resumes it later. */
class StandingNodeTest {

    private static final int CLIENTS = 4;
    private static final int ROWS = 300;
    private static final Duration BETWEEN_IMPORTS = Duration.ofMillis(250);
    private static final Duration STANDSTILL = Duration.ofSeconds(9);
    private static final Duration BOUND = Duration.ofSeconds(5);
    /** For a busy machine. */
    private static final Duration SLACK = Duration.ofSeconds(4);

    private record Acknowledged(long id, int version) {}

    @TempDir
    Path directory;

    private final Random random = new Random(20_261_130);
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong numbers = new AtomicLong();
    private final Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();

    @Test
    void a_node_that_stands_still_stops_no_other_and_does_no_harm_when_it_goes_on() throws Exception {
        try (TestDatabase database = TestDatabase.fresh();
                RecountProcess one = start(database);
                RecountProcess two = start(database);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<RecountProcess> nodes = List.of(one, two);
            List<Future<?>> load = new ArrayList<>();
            for (RecountProcess node : nodes) {
                Client client = Client.of(node.address());
                IntStream.range(0, CLIENTS).forEach(_ -> load.add(threads.submit(() -> edit(client))));
                load.add(threads.submit(() -> importMany(client)));
            }
            try {
                for (int round = 1; round <= Thoroughness.rounds(1, 10); round++) {
                    int wanted = acknowledged.size() + 50 + random.nextInt(200);
                    Awaitility.await().atMost(Duration.ofMinutes(2)).until(() -> acknowledged.size() >= wanted);
                    int standing = random.nextInt(nodes.size());
                    Client other = Client.of(nodes.get(1 - standing).address());
                    nodes.get(standing).standStill();
                    Stalls stalls;
                    try {
                        stalls = stallsOf(other);
                    } finally {
                        nodes.get(standing).goOn();
                    }
                    System.out.printf(
                            "Round %d: while node %d stood still, the other's longest wait was %d ms for a write and"
                                    + " %d ms for a read%n",
                            round,
                            standing + 1,
                            stalls.write().toMillis(),
                            stalls.read().toMillis());
                    assertThat(stalls.write()).isLessThan(BOUND.plus(SLACK));
                    assertThat(stalls.read()).isLessThan(BOUND.plus(SLACK));
                    Client standingClient = Client.of(nodes.get(standing).address());
                    Awaitility.await()
                            .atMost(Duration.ofMinutes(1))
                            .ignoreExceptions()
                            .until(() -> create(standingClient)
                                    && standingClient.get("/issues").status() == 200);
                }
            } finally {
                over.set(true);
            }
            for (Future<?> client : load) {
                client.get();
            }
            assertLedger(JdbcClient.create(database.dataSource()), nodes);
            SealCheck.check(database.dataSource());
        }
    }

    private RecountProcess start(TestDatabase database) {
        return RecountProcess.start(
                directory.resolve("data"),
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password(),
                "--spring.datasource.hikari.maximum-pool-size=16");
    }

    /** The longest times between two successes. */
    private record Stalls(Duration write, Duration read) {}

    private Stalls stallsOf(Client client) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Duration> writes = threads.submit(() -> longestStall(() -> create(client)));
            Future<Duration> reads = threads.submit(
                    () -> longestStall(() -> client.get("/issues").status() == 200));
            return new Stalls(writes.get(), reads.get());
        }
    }

    private static Duration longestStall(BooleanSupplier attempt) {
        long began = System.nanoTime();
        long last = began;
        Duration longest = Duration.ZERO;
        while (System.nanoTime() - began < STANDSTILL.toNanos()) {
            if (attempt.getAsBoolean()) {
                longest = longer(longest, last);
                last = System.nanoTime();
            }
        }
        return longer(longest, last);
    }

    private static Duration longer(Duration longest, long since) {
        Duration now = Duration.ofNanos(System.nanoTime() - since);
        return now.compareTo(longest) > 0 ? now : longest;
    }

    private boolean create(Client client) {
        Client.Answer answer = client.post("/issues", Map.of("title", "issue " + numbers.incrementAndGet()));
        if (answer.status() == 201) {
            acknowledged.add(new Acknowledged(answer.id(), 1));
        } else {
            assertThat(answer.status()).isEqualTo(503);
        }
        return answer.status() == 201;
    }

    private void edit(Client client) {
        while (!over.get()) {
            try {
                Client.Answer answer = client.post("/issues", Map.of("title", "issue " + numbers.incrementAndGet()));
                for (int version = 1; answer.status() != 503 && version <= 3; version++) {
                    long id = answer.expect(version == 1 ? 201 : 200).id();
                    acknowledged.add(new Acknowledged(id, version));
                    answer = client.patch("/issues/" + id, Map.of("description", "at " + version, "version", version));
                }
            } catch (UncheckedIOException stillStanding) {
                // The node is suspended for longer than this client waits.
                continue;
            }
        }
    }

    private void importMany(Client client) {
        while (!over.get()) {
            String rows = IntStream.range(0, ROWS)
                    .mapToObj(_ -> "issue " + numbers.incrementAndGet() + ",,,")
                    .collect(Collectors.joining("\n"));
            try {
                client.importCsv("title,description,status,assignee\n" + rows);
                pauseBetweenImports();
            } catch (UncheckedIOException stillStanding) {
                continue;
            }
        }
    }

    /** Imports without a pause would write more than both nodes can project, and reads would wait for that. */
    private static void pauseBetweenImports() {
        LockSupport.parkNanos(BETWEEN_IMPORTS.toNanos());
    }

    private void assertLedger(JdbcClient sql, List<RecountProcess> nodes) {
        assertThat(sql.sql("SELECT count(*) = max(position) AND min(position) = 1 FROM event_log")
                        .query(Boolean.class)
                        .single())
                .as("positions have no gaps")
                .isTrue();
        assertThat(sql.sql("""
            SELECT payload ->> 'title'
            FROM event_log
            WHERE type = ?
            GROUP BY 1
            HAVING count(*) > 1
            """)
                        .param(EventType.ISSUE_CREATED.storedName())
                        .query(String.class)
                        .list())
                .as("issues that were created twice")
                .isEmpty();
        Map<String, Integer> versions = new HashMap<>();
        sql.sql("SELECT stream, count(*) AS events FROM event_log WHERE stream LIKE 'issue-%' GROUP BY stream")
                .query(row -> {
                    versions.put(row.getString(1), row.getInt(2));
                });
        for (Acknowledged write : acknowledged) {
            assertThat(versions.getOrDefault("issue-" + write.id(), 0)).isGreaterThanOrEqualTo(write.version());
        }
        for (RecountProcess node : nodes) {
            Client client = Client.of(node.address());
            assertThat(client.get("/issues").expect(200).body().path("count").asInt())
                    .isEqualTo(versions.size());
        }
        System.out.printf("%d acknowledged writes, all of them there%n", acknowledged.size());
    }
}
