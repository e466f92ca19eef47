package dev.recount.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A process that starts the embedded PostgreSQL and keeps it until its input ends, for tests to kill. */
final class PostgresProcess implements AutoCloseable {
    private static final String UP = "up ";
    private static final String VISIT = "visit";

    private final Process process;
    private final BufferedReader output;
    private final @Nullable Integer port;

    private PostgresProcess(Process process, BufferedReader output, @Nullable Integer port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    static void main(String[] arguments) throws IOException {
        Runnable close;
        int port;
        try {
            if (arguments[1].equals(VISIT)) {
                var visit = ServerLease.to(Path.of(arguments[0]));
                close = visit::close;
                port = URI.create(visit.url().substring("jdbc:".length())).getPort();
            } else {
                var postgres = EmbeddedPostgres.start(Path.of(arguments[0]));
                close = postgres::close;
                port = postgres.port();
            }
        } catch (EmbeddedPostgresException refused) {
            System.out.println(refused.getMessage());
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(close));
        System.out.println(UP + port);
        while (System.in.read() >= 0) {}
    }

    static PostgresProcess start(Path directory) throws IOException {
        return start(directory, "serve");
    }

    /** One that works on the database as a command does. */
    static PostgresProcess visit(Path directory) throws IOException {
        return start(directory, VISIT);
    }

    private static PostgresProcess start(Path directory, String purpose) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PostgresProcess.class.getName(),
                        directory.toString(),
                        purpose)
                .redirectErrorStream(true)
                .start();
        var output = process.inputReader();
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(UP)) {
                return new PostgresProcess(process, output, Integer.valueOf(line.substring(UP.length())));
            }
            if (line.contains("data directory")) {
                return new PostgresProcess(process, new BufferedReader(new java.io.StringReader(line)), null);
            }
        }
        throw new IllegalStateException("the process ended without a word");
    }

    boolean isUp() {
        return port != null;
    }

    int port() {
        return java.util.Objects.requireNonNull(port);
    }

    long pid() {
        return process.pid();
    }

    String lastWords() throws IOException {
        return output.readLine();
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    void terminate() throws InterruptedException {
        process.destroy();
        process.waitFor();
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
