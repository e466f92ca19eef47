package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;

/** The process that a cluster's {@code postmaster.pid} names, which need not be a PostgreSQL any more. */
record Postmaster(Path cluster, long pid) {
    // The lines of postmaster.pid, counted from 0; https://github.com/postgres/postgres, src/include/utils/pidfile.h.
    private static final int PORT_LINE = 3;
    private static final int STATUS_LINE = 7;

    /** What the process of that number is. */
    enum State {
        /** It serves this cluster. */
        SERVING,
        /** No process, a process without life, or some other program that was given the number since. */
        GONE,
        /** It cannot be told from here; PostgreSQL's own check decides. */
        UNKNOWN
    }

    static Optional<Postmaster> in(Path cluster) throws IOException {
        var file = file(cluster);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var first = Files.readString(file).lines().findFirst().orElse("").strip();
        // A negative number stands for a server in single-user mode.
        return first.matches("-?\\d{1,18}")
                ? Optional.of(new Postmaster(cluster, Math.abs(Long.parseLong(first))))
                : Optional.empty();
    }

    /** Whether there is a {@code postmaster.pid}, whatever is in it. */
    static boolean isRecorded(Path cluster) {
        return Files.exists(file(cluster));
    }

    static void forget(Path cluster) throws IOException {
        Files.deleteIfExists(file(cluster));
    }

    /** Where the server of this cluster takes connections; empty while it starts or stops, and where none runs. */
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
     * Makes a left-over file name this process, which PostgreSQL takes for one of its own ancestors and so for no
     * rival. Deleting the file instead would also delete the record of the shared memory by which the next server
     * notices processes of the last one that still live.
     */
    void disown() throws IOException {
        var file = file(cluster);
        var rest = Files.readString(file).replaceFirst("^[^\n]*", "");
        Files.writeString(file, ProcessHandle.current().pid() + rest);
    }

    /** The directory a process works in, which for PostgreSQL's processes is the cluster; Linux tells, others do not. */
    static Optional<Path> servedBy(long pid) {
        try {
            return Optional.of(Files.readSymbolicLink(Path.of("/proc", Long.toString(pid), "cwd")));
        } catch (IOException | UnsupportedOperationException untold) {
            return Optional.empty();
        }
    }

    /** Where nobody waits for dead processes, as in many containers, they keep their number. */
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
