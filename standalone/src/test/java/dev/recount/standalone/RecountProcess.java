package dev.recount.standalone;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Recount as its users run it: a separate process that can be called over HTTP and killed. */
final class RecountProcess implements AutoCloseable {

    private static final Pattern LISTENS = Pattern.compile("Listens on {2}(\\S+)");
    private static final Pattern READY = Pattern.compile("^ {2}Try .*", Pattern.MULTILINE);

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final CompletableFuture<Boolean> ready = new CompletableFuture<>();

    private RecountProcess(Process process) {
        this.process = process;
        Thread.startVirtualThread(this::read);
    }

    /** Starts it on a free port and returns when it is ready. */
    static RecountProcess start(Path dataDirectory, String... options) {
        return startInHeap("512m", dataDirectory, options);
    }

    /** The same with another heap size. */
    static RecountProcess startInHeap(String heap, Path dataDirectory, String... options) {
        List<String> all = new ArrayList<>(List.of("--recount.data-directory=" + dataDirectory, "--server.port=0"));
        all.addAll(List.of(options));
        return begun(launchInHeap(heap, all.toArray(String[]::new)));
    }

    /** Starts it with exactly these options and does not wait. */
    static RecountProcess launch(String... options) {
        return launchInHeap("512m", options);
    }

    /** Starts the packaged jar without anything else. */
    static RecountProcess startJar(Path jar, Path dataDirectory) {
        return begun(launch(
                List.of("-Xmx512m", "-jar", jar.toString()),
                "--recount.data-directory=" + dataDirectory,
                "--server.port=0"));
    }

    /** Starts it in a directory with these variables and does not wait. */
    static RecountProcess launchIn(Path directory, Map<String, String> environment, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RecountApplication.class.getName()));
        command.addAll(List.of(options));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new RecountProcess(builder.start());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Starts the jar by its name in a directory, with a JVM option. */
    static RecountProcess startJarIn(Path directory, String option, String jar, Path dataDirectory) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms64m",
                "-Xmx384m",
                "-XX:+UseParallelGC",
                "-XX:+UseCompactObjectHeaders",
                option,
                "-jar",
                jar,
                "--server.port=0",
                "--recount.data-directory=" + dataDirectory);
        try {
            return begun(new RecountProcess(new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .start()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static RecountProcess launchInHeap(String heap, String... options) {
        return launch(
                List.of(
                        "-Xmx" + heap,
                        // Most processes live for seconds: the second compiler would only compete with the code it
                        // should speed up.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RecountApplication.class.getName()),
                options);
    }

    private static RecountProcess begun(RecountProcess started) {
        if (!started.ready.join()) {
            throw new IllegalStateException("Recount did not start:\n" + started.output);
        }
        return started;
    }

    private static RecountProcess launch(List<String> program, String... options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(program);
        command.addAll(List.of(options));
        try {
            return new RecountProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                output.append(line).append('\n');
                if (READY.matcher(line).find()) {
                    ready.complete(true);
                }
            }
        } catch (IOException killed) {
            output.append(killed).append('\n');
        } finally {
            ready.complete(false);
        }
    }

    URI address() {
        Matcher matcher = LISTENS.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("Recount does not say where it listens:\n" + output);
        }
        return URI.create(matcher.group(1));
    }

    String output() {
        return output.toString();
    }

    int exitCode() {
        try {
            if (!process.waitFor(3, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("Recount does not end:\n" + output);
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        ready.join();
        return process.exitValue();
    }

    /** Suspends the whole process, as on a paused machine, until {@link #goOn}. */
    void standStill() {
        signal("STOP");
    }

    void goOn() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            int code = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("kill ended with " + code);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    void kill() {
        process.destroyForcibly();
        exitCode();
    }

    /** Requests the end, like the shell's Ctrl-C and a service manager, and waits for it. */
    @Override
    public void close() {
        process.destroy();
        exitCode();
    }
}
