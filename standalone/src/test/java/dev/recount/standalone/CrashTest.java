package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.Thoroughness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Kills Recount while clients write, and looks at what the next one finds. */
class CrashTest {

    private static final int CLIENTS = 8;
    private static final int WRITES_BEFORE_THE_CRASH = 200;

    /** What a client was told: this issue is at this version, by this position of the log. */
    private record Acknowledged(long id, String title, int version, long position) {}

    @TempDir
    Path directory;

    @Test
    void after_kill_9_every_acknowledged_write_is_there_and_none_twice() throws Exception {
        Path data = directory.resolve("data");
        Map<Long, Acknowledged> acknowledged = new HashMap<>();
        RecountProcess recount = RecountProcess.start(data);
        try {
            for (int round = 1; round <= Thoroughness.rounds(2, 10); round++) {
                for (Acknowledged write : writeUntilTheCrash(recount, data, round)) {
                    acknowledged.merge(
                            write.id(), write, (one, other) -> one.version() > other.version() ? one : other);
                }
                recount = RecountProcess.start(data);
                assertEverythingIsThereOnce(Client.of(recount.address()), acknowledged);
                assertLogIsWhole(data, acknowledged);
            }
        } finally {
            recount.close();
        }
        assertThat(acknowledged).hasSizeGreaterThan(WRITES_BEFORE_THE_CRASH / 4);
    }

    /** Each client creates an issue, edits it twice, and begins again, until nobody serves it any more. */
    private static Queue<Acknowledged> writeUntilTheCrash(RecountProcess recount, Path data, int round)
            throws Exception {
        Client client = Client.of(recount.address());
        Queue<Acknowledged> acknowledged = new ConcurrentLinkedQueue<>();
        CountDownLatch enough = new CountDownLatch(WRITES_BEFORE_THE_CRASH);
        Thread killer = Thread.startVirtualThread(() -> {
            try {
                enough.await();
                if (round % 2 == 0) {
                    killDatabase(data);
                }
            } catch (InterruptedException | IOException failure) {
                throw new IllegalStateException(failure);
            } finally {
                recount.kill();
            }
        });
        Crowd.of(CLIENTS, number -> () -> {
            for (int issue = 1; ; issue++) {
                String title = "issue " + issue + " of client " + number + " in round " + round;
                try {
                    Client.Answer answer = client.post("/issues", Map.of("title", title));
                    if (answer.status() == 503) {
                        return issue;
                    }
                    answer.expect(201);
                    long id = answer.id();
                    acknowledged.add(new Acknowledged(id, title, 1, answer.position()));
                    enough.countDown();
                    for (int version = 1; version <= 2; version++) {
                        answer = client.patch(
                                "/issues/" + id,
                                Map.of("status", version == 1 ? "resolved" : "closed", "version", version));
                        if (answer.status() == 503) {
                            return issue;
                        }
                        answer.expect(200);
                        acknowledged.add(new Acknowledged(id, title, version + 1, answer.position()));
                        enough.countDown();
                    }
                } catch (UncheckedIOException crashed) {
                    return issue;
                }
            }
        });
        killer.join();
        return acknowledged;
    }

    private static void assertEverythingIsThereOnce(Client client, Map<Long, Acknowledged> acknowledged) {
        Map<Long, JsonNode> listed = new HashMap<>();
        List<String> titles = new ArrayList<>();
        long count = -1;
        for (String page = "/issues?page_size=50"; page != null; ) {
            JsonNode body = client.get(page).expect(200).body();
            count = body.path("count").asLong();
            for (JsonNode issue : body.path("results")) {
                listed.put(issue.path("id").asLong(), issue);
                titles.add(issue.path("title").asString());
            }
            page = body.path("next").isNull() ? null : body.path("next").asString();
        }
        assertThat(titles).doesNotHaveDuplicates().hasSize((int) count);
        acknowledged.forEach((id, write) -> {
            assertThat(listed).containsKey(id);
            assertThat(listed.get(id).path("title").asString()).isEqualTo(write.title());
            // One edit more than was acknowledged may have been written: its answer was lost in the crash.
            assertThat(listed.get(id).path("version").asInt()).isBetween(write.version(), write.version() + 1);
            assertThat(client.get("/issues/" + id).expect(200).body().path("version"))
                    .isEqualTo(listed.get(id).path("version"));
        });
    }

    private static void assertLogIsWhole(Path data, Map<Long, Acknowledged> acknowledged) throws Exception {
        assertThat(ask(data, "SELECT count(*) = max(position) AND min(position) = 1 FROM event_log"))
                .as("positions have no gaps")
                .isEqualTo("t");
        assertThat(ask(data, """
            SELECT count(*)
            FROM (SELECT stream FROM event_log GROUP BY stream HAVING count(*) <> max(sequence) + 1) AS torn
            """)).as("streams with gaps").isEqualTo("0");
        long last = acknowledged.values().stream()
                .mapToLong(Acknowledged::position)
                .max()
                .orElseThrow();
        assertThat(Long.parseLong(ask(data, "SELECT max(position) FROM event_log")))
                .isGreaterThanOrEqualTo(last);
    }

    private static String ask(Path data, String sql) throws IOException, SQLException {
        String port = Files.readString(data.resolve("port")).strip();
        String password = Files.readString(data.resolve("password")).strip();
        try (var connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/recount", "recount", password);
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** The postmaster first, as when a machine loses its power: what only its memory holds is gone. */
    private static void killDatabase(Path data) throws IOException {
        List<String> lines = Files.readAllLines(data.resolve("cluster/postmaster.pid"));
        ProcessHandle.of(Long.parseLong(lines.getFirst().strip())).ifPresent(ProcessHandle::destroyForcibly);
    }
}
