package dev.recount.query.log;

import dev.recount.query.QueryServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of the event stream that behaves as a browser does (WHATWG HTML, section 9.2.6); not thread-safe. */
final class EventReader implements AutoCloseable {

    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpClient client = HttpClient.newHttpClient();
    private final BufferedReader lines;
    private String lastEventId;
    private String type = "message";

    private EventReader(QueryServer server, String address, String lastEventId) throws IOException {
        this.lastEventId = lastEventId;
        var request = HttpRequest.newBuilder(server.uri(address)).header("Accept", "text/event-stream");
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            var answer = client.send(request.build(), BodyHandlers.ofInputStream());
            if (answer.statusCode() != 200) {
                throw new IOException("answered " + answer.statusCode());
            }
            this.lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        } catch (InterruptedException interrupted) {
            throw new IOException(interrupted);
        }
    }

    static EventReader open(QueryServer server, String address) throws IOException {
        return new EventReader(server, address, null);
    }

    /** Reconnects as a client that has read up to {@code lastEventId}. */
    static EventReader resume(QueryServer server, String address, String lastEventId) throws IOException {
        return new EventReader(server, address, lastEventId);
    }

    /** Of the newest block that named one. */
    String type() {
        return type;
    }

    String lastEventId() {
        return lastEventId;
    }

    /** The next block; without an event if it only reports an id. Empty at the end of the stream. */
    Optional<Block> nextBlock() throws IOException {
        JsonNode data = null;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.isEmpty()) {
                return Optional.of(new Block(lastEventId, data));
            } else if (line.startsWith("id: ")) {
                lastEventId = line.substring("id: ".length());
            } else if (line.startsWith("data: ")) {
                data = MAPPER.readTree(line.substring("data: ".length()));
            } else if (line.startsWith("event: ")) {
                type = line.substring("event: ".length());
            } else if (!line.startsWith(":") && !line.startsWith("retry: ")) {
                throw new IOException("unexpected: " + line);
            }
        }
        return Optional.empty();
    }

    /** The next event. */
    JsonNode next() throws IOException {
        while (true) {
            var block = nextBlock().orElseThrow(() -> new IOException("the stream has ended"));
            if (block.event() != null) {
                return block.event();
            }
        }
    }

    /** What stands between two empty lines. */
    record Block(String id, JsonNode event) {}

    /** Cuts the connection. */
    @Override
    public void close() {
        client.shutdownNow();
        client.close();
    }
}
