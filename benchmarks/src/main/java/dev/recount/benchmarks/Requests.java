package dev.recount.benchmarks;

import dev.recount.benchmarks.HttpConnection.Response;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The requests that a client sends over a connection of its own. */
record Requests(int port) {

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private static final String CREATE =
            "{\"title\":\"" + Texts.TITLE + "\",\"description\":\"" + Texts.DESCRIPTION + "\"}";

    Workload noOpGet() throws IOException {
        return get("/no-op");
    }

    Workload noOpPost() throws IOException {
        HttpConnection connection = connect();
        return () -> expect(200, connection.send("POST", "/no-op", CREATE));
    }

    Workload get(String path) throws IOException {
        HttpConnection connection = connect();
        return () -> expect(200, connection.get(path));
    }

    /** What is answered once, over a connection of its own. */
    String body(String path) throws IOException {
        try (HttpConnection connection = connect()) {
            return expect(200, connection.get(path)).body();
        }
    }

    Workload create() throws IOException {
        HttpConnection connection = connect();
        return () -> expect(201, connection.send("POST", "/issues", CREATE));
    }

    /** Edits an issue of its own, each time from the version that the last edit led to. */
    Workload edit() throws IOException {
        HttpConnection connection = connect();
        Matcher id = ID.matcher(
                expect(201, connection.send("POST", "/issues", CREATE)).body());
        if (!id.find()) {
            throw new IllegalStateException("A created issue has no id");
        }
        String path = "/issues/" + id.group(1);
        return new Workload() {
            private int version = 1;

            @Override
            public void runOnce() throws IOException {
                var _ = expect(
                        200,
                        connection.send(
                                "PATCH",
                                path,
                                "{\"title\":\"" + Texts.TITLE + " " + version + "\",\"version\":" + version + "}"));
                version++;
            }
        };
    }

    private HttpConnection connect() throws IOException {
        return new HttpConnection("127.0.0.1", port);
    }

    private static Response expect(int status, Response response) {
        if (response.status() != status) {
            throw new IllegalStateException(
                    "Expected " + status + ", not " + response.status() + ": " + response.body());
        }
        return response;
    }
}
