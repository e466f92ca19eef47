package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is handed out, which has none of what only the tests bring along. */
class PackagedJarIT {

    @TempDir
    Path directory;

    @Test
    void it_starts_with_nothing_else_and_serves_each_of_its_parts() throws Exception {
        Path jar = Path.of(System.getProperty("recount.jar"));
        try (RecountProcess recount = RecountProcess.startJar(jar, directory.resolve("data"));
                HttpClient client = HttpClient.newHttpClient()) {
            URI address = recount.address();
            // First, as whoever starts it does: it is ready when it has caught up with what is there by then.
            await().untilAsserted(() -> assertThat(get(client, address.resolve("/actuator/health/readiness"))
                            .body())
                    .contains("UP"));
            HttpRequest create = HttpRequest.newBuilder(address.resolve("/issues"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"title\": \"Out of the box\", \"assignee\": 1}"))
                    .build();
            assertThat(client.send(create, BodyHandlers.ofString()).statusCode())
                    .isEqualTo(201);
            assertThat(get(client, address.resolve("/issues/1")).body()).contains("Out of the box");
            assertThat(get(client, address.resolve("/issues/1/timeline")).body())
                    .contains("created");
            assertThat(get(client, address.resolve("/projections")).body()).contains("issue-list");
            assertThat(get(client, address.resolve("/reports")).body()).contains("throughput");
            assertThat(get(client, address.resolve("/reports/workload"), "Accept", "text/csv")
                            .body())
                    .startsWith("assignee,");
        }
    }

    private static HttpResponse<String> get(HttpClient client, URI address, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(address + ": " + answer.body()).isEqualTo(200);
        return answer;
    }
}
