package dev.recount.standalone;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A command of Recount in a separate process, with two outputs and an exit code. */
final class CommandProcess {

    /** How a command ended and what it printed. */
    record Result(int exitCode, String output, String errors) {

        JsonNode json() {
            return JsonMapper.shared().readTree(output);
        }
    }

    private final Process process;
    private final CompletableFuture<String> output;
    private final CompletableFuture<String> errors;

    private CommandProcess(Process process) {
        this.process = process;
        this.output = collect(process.getInputStream());
        this.errors = collect(process.getErrorStream());
    }

    static Result run(String... arguments) {
        return run(Map.of(), arguments);
    }

    static Result run(Map<String, String> environment, String... arguments) {
        return start(environment, arguments).end();
    }

    static CommandProcess start(Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                // A shell ignores this signal for background jobs, and child processes inherit that.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                RecountApplication.class.getName()));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().putAll(environment);
            return new CommandProcess(builder.start());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static CompletableFuture<String> collect(InputStream stream) {
        // A thread for each: the common pool has only one on a small machine, and a stream may take long to end.
        CompletableFuture<String> text = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try (stream) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                stream.transferTo(bytes);
                text.complete(bytes.toString(StandardCharsets.UTF_8));
            } catch (IOException failure) {
                text.completeExceptionally(failure);
            }
        });
        return text;
    }

    long pid() {
        return process.pid();
    }

    /** Sends the signal of Ctrl-C. */
    void interrupt() throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-INT", Long.toString(pid()))
                .inheritIO()
                .start()
                .waitFor();
    }

    Result end() {
        try {
            if (!process.waitFor(2, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new IllegalStateException("the command does not end:\n" + output.join() + errors.join());
            }
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
        return new Result(process.exitValue(), output.join(), errors.join());
    }
}
