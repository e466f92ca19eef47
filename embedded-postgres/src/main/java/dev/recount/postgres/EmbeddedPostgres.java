package dev.recount.postgres;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running PostgreSQL with its data in Recount's directory, for one process at a time.
 *
 * <p>Committed data is on the disk: the settings trade no durability for speed. A server left behind by a killed
 * process is stopped before a new one starts, so there are never two on one directory. A server that ends before it is
 * closed is restarted.
 */
public final class EmbeddedPostgres implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    static final String DATABASE = "recount";

    private final DataDirectory directory;
    private final DataDirectoryLock lock;
    private final Server server;
    private final @Nullable Supervisor supervisor;
    private final int port;
    private final String password;

    private EmbeddedPostgres(
            DataDirectory directory,
            DataDirectoryLock lock,
            Server server,
            @Nullable Supervisor supervisor,
            int port,
            String password) {
        this.directory = directory;
        this.lock = lock;
        this.server = server;
        this.supervisor = supervisor;
        this.port = port;
        this.password = password;
    }

    /** Starts the server on a directory, creating it if needed, and returns when it accepts connections. */
    public static EmbeddedPostgres start(Path path) {
        return start(path, Privileges::ofThisProcess);
    }

    static EmbeddedPostgres start(Path path, Privileges.Source privilegesSource) {
        var directory = DataDirectory.prepare(path);
        return start(directory, DataDirectoryLock.acquire(directory), privilegesSource);
    }

    /** Starts it on a directory whose lock is held already. If this fails, the lock is released. */
    static EmbeddedPostgres start(DataDirectory directory, DataDirectoryLock lock, Privileges.Source privilegesSource) {
        long begin = System.nanoTime();
        try {
            var privileges = privilegesSource.get(Ownership.clusterOwner(directory));
            privileges.openDirectory(directory.root());
            var programs = new Programs(Binaries.unpackInto(directory.root()), directory, privileges);
            var password = Password.in(directory);
            var server = new Server(directory, programs);
            server.initialise();
            server.stopLeftover();
            int port = server.start(started -> Role.ensure(DATABASE, started, password));
            Binaries.deleteOthersThan(programs.binaries());
            LOG.info(
                    "PostgreSQL {} is up after {} ms on 127.0.0.1:{}, data in {}",
                    programs.version(),
                    (System.nanoTime() - begin) / 1_000_000,
                    port,
                    directory.root());
            return new EmbeddedPostgres(directory, lock, server, Supervisor.of(server, port), port, password);
        } catch (RuntimeException failure) {
            lock.close();
            throw failure;
        }
    }

    /** A server that another process started on a shared directory. */
    static EmbeddedPostgres alreadyRunning(DataDirectory directory, DataDirectoryLock lock, int port) {
        var privileges = Privileges.ofThisProcess(Ownership.clusterOwner(directory));
        var programs = new Programs(Binaries.unpackInto(directory.root()), directory, privileges);
        return new EmbeddedPostgres(
                directory, lock, new Server(directory, programs), null, port, Password.in(directory));
    }

    public String url() {
        return Role.url(port, DATABASE);
    }

    public String user() {
        return DATABASE;
    }

    public String password() {
        return password;
    }

    public int port() {
        return port;
    }

    public Path dataDirectory() {
        return directory.root();
    }

    /** Stops the server, even with open connections, and releases the directory. */
    @Override
    public void close() {
        try (lock) {
            unwatch();
            server.stop();
            LOG.info("PostgreSQL on 127.0.0.1:{} is stopped", port);
        }
    }

    /** Stops the server unless other processes share it, and releases the directory. */
    void leave() {
        unwatch();
        if (lock.tryOwn()) {
            close();
        } else {
            lock.close();
        }
    }

    private void unwatch() {
        if (supervisor != null) {
            supervisor.close();
        }
    }
}
