package dev.recount.benchmarks;

import dev.recount.benchmarks.HttpConnection.Response;
import java.io.IOException;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The requests that a client sends over its own connection. */
record Requests(int port) {

    private static final Pattern ID = Pattern.compile("\"id\":(\\d+)");

    private static final Pattern VERSION = Pattern.compile("\"version\":(\\d+)");

    private static final String CREATE =
            "{\"title\":\"" + Texts.TITLE + "\",\"description\":\"" + Texts.DESCRIPTION + "\"}";

    Workload noOpGet() throws IOException {
        return get("/no-op");
    }

    Workload noOpPost() throws IOException {
        HttpConnection connection = connect();
        return Workload.over(connection, () -> expect(200, connection.send("POST", "/no-op", CREATE)));
    }

    Workload get(String path) throws IOException {
        return get(() -> path);
    }

    Workload get(Supplier<String> paths) throws IOException {
        HttpConnection connection = connect();
        return Workload.over(connection, () -> expect(200, connection.get(paths.get())));
    }

    /** Repeatedly posts the same comment on an issue. */
    Workload comment(long issue) throws IOException {
        HttpConnection connection = connect();
        String path = "/issues/" + issue + "/comments";
        return Workload.over(
                connection,
                () -> expect(201, connection.send("POST", path, "{\"body\":\"" + Texts.TITLE + "\",\"author\":1}")));
    }

    /** The response body of one request over its own connection. */
    String body(String path) throws IOException {
        try (HttpConnection connection = connect()) {
            return expect(200, connection.get(path)).body();
        }
    }

    Workload create() throws IOException {
        HttpConnection connection = connect();
        return Workload.over(connection, () -> expect(201, connection.send("POST", "/issues", CREATE)));
    }

    /** Repeatedly replaces all labels of an issue by as many others. */
    Workload label(long issue, int labels) throws IOException {
        HttpConnection connection = connect();
        List<String> bodies = IntStream.of(0, labels)
                .mapToObj(first -> IntStream.range(first, first + labels)
                        .mapToObj("{\"name\":\"label %d\"}"::formatted)
                        .collect(Collectors.joining(",", "[", "]")))
                .toList();
        return new Workload() {
            private int turn;

            @Override
            public void runOnce() throws IOException {
                var _ = expect(200, connection.send("PUT", "/issues/" + issue + "/labels", bodies.get(turn++ & 1)));
            }

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    long newIssue() throws IOException {
        try (HttpConnection connection = connect()) {
            return number(ID, expect(201, connection.send("POST", "/issues", CREATE)));
        }
    }

    /** Repeatedly edits its own issue, from the version after the last edit. */
    Workload edit() throws IOException {
        return edit(newIssue());
    }

    /** Repeatedly edits an issue that no other client edits. */
    Workload edit(long issue) throws IOException {
        HttpConnection connection = connect();
        String path = "/issues/" + issue;
        long present = number(VERSION, expect(200, connection.get(path)));
        return new Workload() {
            private long version = present;

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

            @Override
            public void close() throws IOException {
                connection.close();
            }
        };
    }

    private static long number(Pattern field, Response response) {
        Matcher number = field.matcher(response.body());
        if (!number.find()) {
            throw new IllegalStateException("No " + field + " in " + response.body());
        }
        return Long.parseLong(number.group(1));
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
