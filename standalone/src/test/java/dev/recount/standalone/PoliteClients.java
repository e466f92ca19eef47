package dev.recount.standalone;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Clients that write and read issues, one request after the other, and measure the latency. */
final class PoliteClients {

    private static final int CLIENTS = 8;
    private static final int PATIENCE_MILLIS = 60_000;

    private PoliteClients() {}

    /** The measurements: responses a second, the 99th percentile of the latency, and responses of 500 and more. */
    record Seen(double rate, Duration p99, long failures) {

        String text() {
            return String.format(Locale.ROOT, "%6.0f/s, p99 %4d ms, %d answers of 5xx", rate, p99.toMillis(), failures);
        }
    }

    private record Course(long[] nanos, int requests, long failures) {}

    static Seen see(URI address, long issue, Duration time) {
        List<Course> courses = Crowd.of(CLIENTS, _ -> () -> course(address, issue, time));
        long[] nanos = courses.stream()
                .flatMapToLong(course -> Arrays.stream(course.nanos(), 0, course.requests()))
                .sorted()
                .toArray();
        return new Seen(
                nanos.length / (time.toMillis() / 1e3),
                Duration.ofNanos(nanos[nanos.length * 99 / 100]),
                courses.stream().mapToLong(Course::failures).sum());
    }

    private static Course course(URI address, long issue, Duration time) throws IOException {
        List<byte[]> requests = List.of(
                request("GET /issues/" + issue, ""),
                request("POST /issues", "{\"title\":\"polite\"}"),
                request("GET /issues?status=open&page_size=5", ""),
                request("GET /reports/throughput", ""));
        long[] nanos = new long[1];
        int done = 0;
        long failures = 0;
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.setTcpNoDelay(true);
            InputStream in = new BufferedInputStream(socket.getInputStream());
            long end = System.nanoTime() + time.toNanos();
            for (long begun = System.nanoTime(); begun < end; begun = System.nanoTime()) {
                socket.getOutputStream().write(requests.get(done % requests.size()));
                failures += status(in) >= 500 ? 1 : 0;
                nanos = done < nanos.length ? nanos : Arrays.copyOf(nanos, 2 * done);
                nanos[done++] = System.nanoTime() - begun;
            }
        }
        return new Course(nanos, done, failures);
    }

    private static byte[] request(String line, String body) {
        String type =
                body.isEmpty() ? "" : "Content-Type: application/json\r\nContent-Length: " + body.length() + "\r\n";
        return (line + " HTTP/1.1\r\nHost: localhost\r\n" + type + "\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }

    /** Reads a response to its end. */
    private static int status(InputStream in) throws IOException {
        int status = Integer.parseInt(line(in).split(" ")[1]);
        long length = 0;
        for (String header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Long.parseLong(
                        header.substring("content-length:".length()).strip());
            }
        }
        in.skipNBytes(length);
        return status;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new IOException("the server closed the connection");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }
}
