package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.Thoroughness;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Imports files that do not fit into the heap of the whole process, projections included. */
class ImportInSmallHeapTest {

    private static final String BOUNDARY = "a-line-between-the-parts";
    private static final String HEADER = "title,description,status,assignee\n";

    private static RecountProcess recount;
    private static HttpClient client;

    @BeforeAll
    static void start(@TempDir Path data) {
        recount = RecountProcess.startInHeap("256m", data.resolve("data"));
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        recount.close();
    }

    @Test
    void a_cell_of_fifty_megabytes_is_one_refused_row() {
        JsonNode report = send(
                Stream.of("A,\"", "x".repeat(50_000_000), "\",,\nB,\"", "\u4f60\n".repeat(10_000_000), "\",,\nC,,,\n"));

        assertThat(report.path("total_rows").asInt()).isEqualTo(3);
        assertThat(report.path("created").asInt()).isEqualTo(1);
        assertThat(report.at("/errors/0/errors/description/0").asString())
                .isEqualTo("must be at most 1048576 characters");
    }

    @Test
    void many_long_descriptions_are_imported() {
        long before = count();
        String description = "\u4f60\u597d, \"\"world\"\"\n".repeat(60_000);

        JsonNode report = send(IntStream.range(0, 40).mapToObj(row -> "Long " + row + ",\"" + description + "\",,\n"));

        assertThat(report.path("created").asInt()).isEqualTo(40);
        assertThat(count()).isEqualTo(before + 40);
    }

    @Test
    void a_hundred_thousand_refused_rows_are_all_told() {
        JsonNode report = send(Stream.generate(() -> ",no title,,4711\n").limit(100_000));

        assertThat(report.path("failed").asInt()).isEqualTo(100_000);
        assertThat(report.at("/errors/99999/row").asInt()).isEqualTo(100_000);
    }

    @Test
    void many_rows_are_imported_and_listed() {
        int rows = Thoroughness.rounds(10_000, 100_000);
        long before = count();
        long start = System.nanoTime();
        JsonNode report = send(IntStream.range(0, rows).mapToObj(ImportInSmallHeapTest::row));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        System.out.printf("%d rows imported in %s: %.0f rows/s%n", rows, took, rows * 1e9 / took.toNanos());

        assertThat(((ObjectNode) report).without("import_id").toString())
                .isEqualTo("{\"total_rows\":" + rows + ",\"created\":" + rows + ",\"failed\":0,\"errors\":[]}");
        assertThat(count()).isEqualTo(before + rows);
    }

    /** About a kilobyte, as issues are. Every second issue is assigned. */
    private static String row(int number) {
        return "Issue number " + number + ",\"" + "It crashes, and then some.\n".repeat(36) + "\",open,"
                + (number % 2 == 0 ? "1" : "") + "\n";
    }

    private static long count() {
        return get("/issues?page_size=1").path("count").asLong();
    }

    private static JsonNode send(Stream<String> rows) {
        String head = "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n";
        Stream<String> body = Stream.of(Stream.of(head, HEADER), rows, Stream.of("\r\n--" + BOUNDARY + "--\r\n"))
                .flatMap(pieces -> pieces);
        HttpRequest request = HttpRequest.newBuilder(at("/issues/import"))
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArrays(() -> body.map(piece -> piece.getBytes(StandardCharsets.UTF_8))
                        .iterator()))
                .build();
        return answer(request);
    }

    private static JsonNode get(String path) {
        return answer(HttpRequest.newBuilder(at(path)).build());
    }

    private static JsonNode answer(HttpRequest request) {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return JsonMapper.shared().readTree(response.body());
        } catch (IOException e) {
            throw new AssertionError("The process did not answer:\n" + recount.output(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static URI at(String path) {
        return recount.address().resolve(path);
    }
}
