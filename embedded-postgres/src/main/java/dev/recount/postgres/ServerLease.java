package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * The database of a data directory that exists, for a command that has something to do there: the running one where a
 * Recount serves it, which is neither stopped nor taken over; else one that commands share, which the first of them starts
 * and the last one stops.
 */
public final class ServerLease implements AutoCloseable {

    /** A start may have to recover after a crash. */
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

    /** @throws EmbeddedPostgresException also where there is no such directory: nothing is created */
    public static ServerLease to(Path path) {
        return visit(DataDirectory.existing(path));
    }

    /** The same, on a directory that is made, or made whole, where it is not there yet. */
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

    /** Nobody is there: a server that runs all the same was left behind. */
    private static ServerLease host(DataDirectory directory, DataDirectoryLock lock) {
        var postgres = EmbeddedPostgres.start(directory, lock, Privileges::ofThisProcess);
        if (!lock.share()) {
            postgres.leave();
            throw DataDirectoryLock.inUse(directory);
        }
        return of(directory, postgres);
    }

    /** Others are there; should their server be gone, it is started for them, too. */
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

    /** Stops the server if it was started for visits and this is the last. */
    @Override
    public void close() {
        end.run();
    }
}
