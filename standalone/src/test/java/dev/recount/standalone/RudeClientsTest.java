package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that clients that do not read, or that send byte by byte, hardly affect the others. */
class RudeClientsTest {

    private static final boolean SLOW = Boolean.getBoolean("recount.slow");
    private static final int RUDE = SLOW ? 200 : 40;
    private static final int PAGES = SLOW ? 40 : 10;
    private static final int ROUNDS = SLOW ? 3 : 1;
    private static final Duration ALONE = Duration.ofSeconds(SLOW ? 20 : 3);
    private static final Duration AMID = Duration.ofSeconds(SLOW ? 40 : 6);

    /**
     * Only the long run checks the rate. A short one mostly sees the rude clients' arrival, on a machine that builds.
     */
    private static final double LEAST_SHARE = SLOW ? 0.8 : 0;

    private static final String LARGE_TEXT = "word ".repeat(199_000);

    @TempDir
    private Path data;

    @Test
    void rude_clients_leave_the_others_their_rate_and_no_failures() {
        try (var recount = RecountProcess.startInHeap("384m", data.resolve("data"))) {
            Client client = Client.of(recount.address());
            client.importCsv("title,description,status,assignee\n"
                            + "an issue like any other,in a log that is long,open,\n".repeat(SLOW ? 30_000 : 5_000))
                    .expect(200);
            long head = client.post("/issues", Map.of("title", "read by all"))
                    .expect(201)
                    .position();
            long issue = client.get("/issues?page_size=1")
                    .expect(200)
                    .body()
                    .at("/results/0/id")
                    .asLong();
            IntStream.range(0, 20)
                    .forEach(_ -> client.post("/issues", Map.of("title", "large", "description", LARGE_TEXT))
                            .expect(201));
            PoliteClients.see(recount.address(), issue, ALONE);
            double[] shares = new double[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                shares[round] = share(recount.address(), client, issue, head);
            }
            Arrays.sort(shares);
            assertThat(shares[ROUNDS / 2]).isGreaterThan(LEAST_SHARE);
            assertThat(recount.output()).doesNotContain("OutOfMemoryError", "Exception");
        }
    }

    /** The others' rate amid rude clients, as a share of their rate before. */
    private static double share(URI address, Client client, long issue, long head) {
        PoliteClients.Seen alone = PoliteClients.see(address, issue, ALONE);
        PoliteClients.Seen amid;
        List<Integer> pages;
        try (RudeClients rude = new RudeClients(address)) {
            rude.add(RUDE, "GET /events HTTP/1.1\r\nHost: localhost\r\nAccept: application/x-ndjson");
            rude.add(RUDE, "GET /events/stream?after=0 HTTP/1.1\r\nHost: localhost");
            rude.addSlow(RUDE, "GET /issues HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", "x");
            String post = "POST /issues HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
            rude.addSlow(RUDE / 2, post + "Content-Length: 1000000\r\n\r\n" + " ".repeat(5_000), " ");
            rude.addSlow(
                    RUDE - RUDE / 2,
                    post + "Transfer-Encoding: chunked\r\n\r\n1388\r\n" + " ".repeat(5_000) + "\r\n",
                    "1\r\n \r\n");
            CompletableFuture<List<Integer>> large = CompletableFuture.supplyAsync(
                    () -> Crowd.of(PAGES, _ -> () -> client.status("/events?limit=20&after=" + head)));
            amid = PoliteClients.see(address, issue, AMID);
            pages = large.join();
            assertThat(client.status("/actuator/health/liveness")).isEqualTo(200);
        }
        System.out.printf(
                "%d of each kind of rude client%nalone      %s%namid them  %s, %.0f %%%nlarge pages %s%n",
                RUDE,
                alone.text(),
                amid.text(),
                100 * amid.rate() / alone.rate(),
                pages.stream().collect(Collectors.groupingBy(status -> status, Collectors.counting())));
        assertThat(alone.failures() + amid.failures()).isZero();
        assertThat(pages).containsOnly(200);
        return amid.rate() / alone.rate();
    }
}
