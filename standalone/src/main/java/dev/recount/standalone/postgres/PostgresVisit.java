package dev.recount.standalone.postgres;

import java.io.IOException;
import java.nio.file.Path;

/**
 * The database of a data directory that exists, for somebody who has something to do there: the running one where a
 * Recount serves it, which is neither stopped nor taken over; else one that runs for as long as the visit takes.
 */
public final class PostgresVisit implements AutoCloseable {

    private final String url;
    private final String password;
    private final Runnable end;

    private PostgresVisit(String url, String password, Runnable end) {
        this.url = url;
        this.password = password;
        this.end = end;
    }

    /** @throws EmbeddedPostgresException also where there is no such directory: nothing is created */
    public static PostgresVisit to(Path path) {
        var directory = DataDirectory.existing(path);
        return DataDirectoryLock.tryAcquire(directory)
                .map(lock -> host(directory, lock))
                .orElseGet(() -> join(directory));
    }

    /** The same, on a directory that is made, or made whole, where it is not there yet. */
    public static PostgresVisit create(Path path) {
        var directory = DataDirectory.prepare(path);
        return DataDirectoryLock.tryAcquire(directory)
                .map(lock -> host(directory, lock))
                .orElseGet(() -> join(directory));
    }

    private static PostgresVisit host(DataDirectory directory, DataDirectoryLock lock) {
        var postgres = EmbeddedPostgres.start(directory, lock, Privileges::ofThisProcess);
        return new PostgresVisit(postgres.url(), postgres.password(), postgres::close);
    }

    private static PostgresVisit join(DataDirectory directory) {
        try {
            int port = Postmaster.readyPort(directory.cluster())
                    .orElseThrow(() -> new EmbeddedPostgresException(
                            "The Recount on " + directory.root() + " is being started or stopped.",
                            "Try again in a moment."));
            return new PostgresVisit(Role.url(port, EmbeddedPostgres.DATABASE), Password.in(directory), () -> {});
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

    /** Stops the server if it was started for this visit. */
    @Override
    public void close() {
        end.run();
    }
}
