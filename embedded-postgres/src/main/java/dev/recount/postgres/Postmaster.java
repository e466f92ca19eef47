package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The process that a cluster's {@code postmaster.pid} names, which may no longer be a PostgreSQL. */
record Postmaster(Path cluster, long pid) {
    // The lines of postmaster.pid, counted from 0; https://github.com/postgres/postgres, src/include/utils/pidfile.h.
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** The state of the process with that number. */
    enum State {
        /** It serves this cluster. */
        SERVING,
        /** No process, a zombie, or another program that has reused the number. */
        GONE,
        /** Not known here; PostgreSQL's own check decides. */
        UNKNOWN
    }

    static Optional<Postmaster> in(Path cluster) throws IOException {
        var file = file(cluster);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var first = Files.readString(file).lines().findFirst().orElse("").strip();
        // A negative number means a server in single-user mode.
        return first.matches("-?\\d{1,18}")
                ? Optional.of(new Postmaster(cluster, Math.abs(Long.parseLong(first))))
                : Optional.empty();
    }

    /** Whether a {@code postmaster.pid} exists, regardless of its content. */
    static boolean isRecorded(Path cluster) {
        return Files.exists(file(cluster));
    }

    static void forget(Path cluster) throws IOException {
        Files.deleteIfExists(file(cluster));
    }

    /** The port on which this cluster's server accepts connections. Empty while it starts or stops, or if none runs. */
    static OptionalInt readyPort(Path cluster) throws IOException {
        var file = file(cluster);
        if (!Files.exists(file)) {
            return OptionalInt.empty();
        }
        var lines = Files.readAllLines(file);
        return lines.size() > STATUS_LINE && lines.get(STATUS_LINE).strip().equals("ready")
                ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE).strip()))
                : OptionalInt.empty();
    }

    State state() {
        var process = ProcessHandle.of(pid);
        if (process.isEmpty() || isZombie(pid)) {
            return State.GONE;
        }
        var served = servedBy(pid);
        if (served.isPresent()) {
            return served.get().equals(cluster) ? State.SERVING : State.GONE;
        }
        return process.get()
                .info()
                .commandLine()
                .map(line ->
                        line.contains("postgres") && line.contains(cluster.toString()) ? State.SERVING : State.GONE)
                .orElse(State.UNKNOWN);
    }

    /**
     * Writes this process's id into a left-over file. PostgreSQL takes this process for its own ancestor, and so for no
     * rival. Deleting the file instead would also delete the record of the shared memory. The next server needs that
     * record to detect processes of the last one that are still alive.
     */
    void disown() throws IOException {
        var file = file(cluster);
        var rest = Files.readString(file).replaceFirst("^[^\n]*", "");
        Files.writeString(file, ProcessHandle.current().pid() + rest);
    }

    /** The working directory of a process, which for PostgreSQL's processes is the cluster. Only Linux shows it. */
    static Optional<Path> servedBy(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd")));
        } catch (IOException | UnsupportedOperationException untold) {
            return Optional.empty();
        }
    }

    /** Whether a process is a zombie: it keeps its number if no parent waits for it, as in many containers. */
    static boolean isZombie(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
            char state = stat.charAt(stat.lastIndexOf(')') + 2);
            return state == 'Z' || state == 'X';
        } catch (IOException untold) {
            return false;
        }
    }

    private static Path file(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }
}
