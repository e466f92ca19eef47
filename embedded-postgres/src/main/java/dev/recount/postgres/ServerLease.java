package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A lease on the database of an existing data directory, for a command. If a Recount serves the directory, the command
 * uses the running server, which is neither stopped nor taken over. Otherwise commands share a server, which the first
 * command starts and the last one stops.
 */
public final class ServerLease implements AutoCloseable {

    /** A start may include crash recovery. */
    private static final Duration OPENING = Duration.ofMinutes(10);

    private static final Duration LEAVING = Duration.ofMinutes(2);

    private final String url;
    private final String password;
    private final Runnable end;

    private ServerLease(String url, String password, Runnable end) {
        this.url = url;
        this.password = password;
        this.end = end;
    }

    /** @throws EmbeddedPostgresException also if the directory does not exist: nothing is created */
    public static ServerLease to(Path path) {
        return visit(DataDirectory.existing(path));
    }

    /** Like {@link #to}, but creates the directory, or completes it, if needed. */
    public static ServerLease create(Path path) {
        return visit(DataDirectory.prepare(path));
    }

    private static ServerLease visit(DataDirectory directory) {
        try (var _ = ServerGate.enter(directory, OPENING)) {
            var own = DataDirectoryLock.tryAcquire(directory);
            if (own.isPresent()) {
                return host(directory, own.get());
            }
            var shared = DataDirectoryLock.tryShare(directory);
            return shared.isPresent() ? share(directory, shared.get()) : join(directory);
        }
    }

    /**
     * Starts a server for this and later commands. No other process has the directory, so a running server was left
     * behind.
     */
    private static ServerLease host(DataDirectory directory, DataDirectoryLock lock) {
        var postgres = EmbeddedPostgres.start(directory, lock, Privileges::ofThisProcess);
        if (!lock.share()) {
            postgres.leave();
            throw DataDirectoryLock.inUse(directory);
        }
        return of(directory, postgres);
    }

    /** Joins other commands. If their server is gone, it is started again for all. */
    private static ServerLease share(DataDirectory directory, DataDirectoryLock lock) {
        try {
            var isThere = Postmaster.in(directory.cluster())
                    .filter(postmaster -> postmaster.state() != Postmaster.State.GONE)
                    .isPresent();
            var port = isThere ? Postmaster.readyPort(directory.cluster()) : OptionalInt.empty();
            return of(
                    directory,
                    port.isPresent()
                            ? EmbeddedPostgres.alreadyRunning(directory, lock, port.getAsInt())
                            : EmbeddedPostgres.start(directory, lock, Privileges::ofThisProcess));
        } catch (IOException failure) {
            lock.close();
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    private static ServerLease of(DataDirectory directory, EmbeddedPostgres postgres) {
        return new ServerLease(postgres.url(), postgres.password(), () -> {
            try (var _ = ServerGate.enter(directory, LEAVING)) {
                postgres.leave();
            }
        });
    }

    private static ServerLease join(DataDirectory directory) {
        try {
            int port = Postmaster.readyPort(directory.cluster())
                    .orElseThrow(() -> new EmbeddedPostgresException(
                            "The Recount on " + directory.root() + " is being started or stopped.",
                            "Try again in a moment."));
            return new ServerLease(Role.url(port, EmbeddedPostgres.DATABASE), Password.in(directory), () -> {});
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    public String url() {
        return url;
    }

    public String user() {
        return EmbeddedPostgres.DATABASE;
    }

    public String password() {
        return password;
    }

    /** Stops the server if commands started it and this is the last of them. */
    @Override
    public void close() {
        end.run();
    }
}
