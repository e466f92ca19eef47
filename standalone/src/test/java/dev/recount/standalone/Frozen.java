package dev.recount.standalone;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Freezes PostgreSQL and all its processes, like a frozen machine. */
final class Frozen {

    private Frozen() {}

    /** The postmaster of a cluster and its back ends. */
    static List<ProcessHandle> postgres(Path cluster) throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(cluster.resolve("postmaster.pid")).getFirst().strip());
        ProcessHandle postmaster = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
    }

    static void stop(List<ProcessHandle> processes) throws IOException, InterruptedException {
        signal("STOP", processes);
    }

    static void goOn(List<ProcessHandle> processes) throws IOException, InterruptedException {
        signal("CONT", processes);
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
