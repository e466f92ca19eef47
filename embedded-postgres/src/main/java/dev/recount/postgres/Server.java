package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/** Starts and stops the server of one data directory. The caller holds the directory's lock. */
final class Server {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final int ATTEMPTS = 5;
    // Crash recovery replays up to max_wal_size. pg_ctl returns as soon as the server is ready.
    private static final String START_SECONDS = "600";
    private static final String STOP_SECONDS = "60";
    private static final int BACKEND_SECONDS = 10;

    private final DataDirectory directory;
    private final Programs programs;

    Server(DataDirectory directory, Programs programs) {
        this.directory = directory;
        this.programs = programs;
    }

    /** Creates the cluster on the first start. On later starts, checks that this PostgreSQL can read it. */
    void initialise() {
        try {
            if (Files.exists(directory.cluster())) {
                requireVersion();
            } else {
                create();
            }
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    private void requireVersion() throws IOException {
        var file = directory.cluster().resolve("PG_VERSION");
        if (!Files.exists(file)) {
            throw new EmbeddedPostgresException(
                    "The data in " + directory.root() + " is not whole: there is no " + file + ".",
                    "Restore the directory from a backup. " + DataDirectory.ELSEWHERE);
        }
        var written = Files.readString(file).strip();
        if (!written.equals(programs.majorVersion())) {
            throw new EmbeddedPostgresException(
                    "The data in " + directory.root() + " was written by PostgreSQL " + written
                            + ", but this Recount brings PostgreSQL " + programs.majorVersion() + ".",
                    "Start the Recount that wrote it, or move the data with that version's pg_dump into the database of"
                            + " a new directory.");
        }
    }

    private void create() throws IOException {
        var unfinished = directory.unfinishedCluster();
        FileSystemUtils.deleteRecursively(unfinished);
        Files.createDirectory(unfinished);
        // initdb may run as a user that cannot read the password file.
        var passwordFile = directory.root().resolve("password.initdb");
        Files.deleteIfExists(passwordFile);
        Files.copy(directory.password(), passwordFile, StandardCopyOption.COPY_ATTRIBUTES);
        programs.privileges().giveAway(passwordFile);
        programs.privileges().giveAway(unfinished);
        try {
            // The built-in locale sorts by code point, identically on every machine and after every upgrade.
            programs.run(
                            "initdb",
                            List.of(
                                    "--pgdata=" + unfinished,
                                    "--username=" + Role.SUPERUSER,
                                    "--pwfile=" + passwordFile,
                                    "--auth=scram-sha-256",
                                    "--encoding=UTF8",
                                    "--locale=C",
                                    "--locale-provider=builtin",
                                    "--builtin-locale=C.UTF-8",
                                    // All commits wait while a session zeroes a new segment: 3 ms instead of 50.
                                    "--wal-segsize=1"))
                    .orRefuse("PostgreSQL could not make its files in " + directory.root() + ".");
        } finally {
            Files.delete(passwordFile);
        }
        Settings.include(unfinished);
        Files.move(unfinished, directory.cluster());
    }

    /** Stops a server that a killed process left behind. */
    void stopLeftover() {
        try {
            var leftover = Postmaster.in(directory.cluster());
            if (leftover.isEmpty()) {
                discardDamagedRecord();
                return;
            }
            switch (leftover.get().state()) {
                case SERVING -> {
                    LOG.warn(
                            "Stopping the PostgreSQL that a killed Recount left behind (process {})",
                            leftover.get().pid());
                    stop();
                }
                case GONE -> {
                    awaitBackends();
                    leftover.get().disown();
                }
                case UNKNOWN -> {}
            }
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    /** Deletes a record that names no process, as left by a power loss: PostgreSQL does not start with it. */
    private void discardDamagedRecord() throws IOException {
        if (Postmaster.isRecorded(directory.cluster())) {
            LOG.warn("The postmaster.pid in {} names no process and is removed", directory.cluster());
            awaitBackends();
            Postmaster.forget(directory.cluster());
        }
    }

    /** Waits for the processes of a killed server, which end when they notice, and ends those that do not. */
    private void awaitBackends() {
        var backends = ProcessHandle.allProcesses()
                .filter(process -> Postmaster.servedBy(process.pid())
                        .filter(directory.cluster()::equals)
                        .isPresent())
                .filter(process -> !Postmaster.isZombie(process.pid()))
                .toList();
        for (var backend : backends) {
            try {
                backend.onExit().get(BACKEND_SECONDS, TimeUnit.SECONDS);
            } catch (TimeoutException stillThere) {
                LOG.warn("Ending process {} of a PostgreSQL that is gone", backend.pid());
                backend.destroyForcibly();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Starts the server and returns its port. {@code firstUse} must succeed before others can see the port. */
    int start(IntConsumer firstUse) {
        int port = start();
        try {
            firstUse.accept(port);
            return port;
        } catch (RuntimeException failure) {
            stop();
            throw failure;
        }
    }

    private int start() {
        try {
            for (int attempt = 1; ; attempt++) {
                int port = Ports.choose(directory.port());
                var result = startOn(port);
                if (result.succeeded()) {
                    return port;
                }
                // Another program may have taken the port since the check.
                if (attempt == ATTEMPTS || !result.output().contains("could not create any TCP/IP sockets")) {
                    result.orRefuse("PostgreSQL does not start on " + directory.root() + ".");
                }
            }
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    private Programs.Result startOn(int port) throws IOException {
        programs.privileges().giveAway(Settings.write(directory.cluster(), port));
        return pgCtl("start", "--timeout=" + START_SECONDS);
    }

    /** Whether a started server has ended. */
    boolean isGone() {
        try {
            return Postmaster.in(directory.cluster())
                    .map(postmaster -> postmaster.state() == Postmaster.State.GONE)
                    .orElse(true);
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    /** Restarts a server that has ended, on the port that its clients know. */
    void startAgain(int port) {
        stopLeftover();
        try {
            startOn(port).orRefuse("PostgreSQL does not start again on " + directory.root() + ".");
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    /** Stops the server. A server that has already ended, or ends in the meantime, counts as stopped. */
    void stop() {
        if (isGone()
                || pgCtl("stop", "--mode=fast", "--timeout=" + STOP_SECONDS).succeeded()
                || isGone()) {
            return;
        }
        LOG.warn(
                "PostgreSQL did not stop within {} s and is stopped forcibly; it will recover at the next start",
                STOP_SECONDS);
        var result = pgCtl("stop", "--mode=immediate", "--timeout=" + STOP_SECONDS);
        if (!isGone()) {
            result.orRefuse("The PostgreSQL on " + directory.root() + " does not stop.");
        }
    }

    private Programs.Result pgCtl(String action, String... options) {
        var arguments = new ArrayList<>(List.of(action, "--pgdata=" + directory.cluster(), "--wait"));
        arguments.addAll(List.of(options));
        return programs.run("pg_ctl", arguments);
    }
}
