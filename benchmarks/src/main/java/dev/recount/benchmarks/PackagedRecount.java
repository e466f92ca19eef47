package dev.recount.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/** The released jar, run as in the README in a separate process. */
final class PackagedRecount implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_AGAIN = TimeUnit.MILLISECONDS.toNanos(5);

    private final Process process;
    private final int port;
    private final double secondsToReady;

    private PackagedRecount(Process process, int port, double secondsToReady) {
        this.process = process;
        this.port = port;
        this.secondsToReady = secondsToReady;
    }

    /**
     * Starts it and waits until it reports that it is ready.
     *
     * @param flags for the JVM
     * @param data of the embedded PostgreSQL
     */
    static PackagedRecount start(Path jar, List<String> flags, Path data) throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(java());
        command.addAll(flags);
        command.addAll(List.of(
                "-jar",
                jar.toString(),
                "--server.port=" + port,
                "--recount.data-directory=" + data,
                "--recount.audit.key-file=" + data.resolveSibling("audit.key")));
        long start = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        while (!isReady(port)) {
            if (!process.isAlive() || System.nanoTime() - start > PATIENCE.toNanos()) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException(jar + " does not become ready");
            }
            LockSupport.parkNanos(LOOK_AGAIN);
        }
        return new PackagedRecount(process, port, (System.nanoTime() - start) / (double) TimeUnit.SECONDS.toNanos(1));
    }

    /**
     * Extracts the jar's nested jars beside it, so that the JVM can cache their classes.
     *
     * @return the jar to start
     */
    static Path extract(Path jar, Path directory) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        java(),
                        "-Djarmode=tools",
                        "-jar",
                        jar.toString(),
                        "extract",
                        "--destination",
                        directory.toString())
                .inheritIO()
                .start();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(jar + " cannot be extracted to " + directory);
        }
        return directory.resolve(jar.getFileName());
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** A free port below the system's range of ephemeral ports, so that it is still free a moment later. */
    private static int freePort() {
        return IntStream.range(20_000, 32_000)
                .filter(PackagedRecount::isFree)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port)) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }

    private static boolean isReady(int port) {
        try (HttpConnection connection = new HttpConnection("127.0.0.1", port)) {
            return connection.get("/actuator/health/readiness").status() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** From the start of the process until it reported that it is ready. */
    double secondsToReady() {
        return secondsToReady;
    }

    Requests requests() {
        return new Requests(port);
    }

    long id() {
        return process.pid();
    }

    /** Stops it as an operator does. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
