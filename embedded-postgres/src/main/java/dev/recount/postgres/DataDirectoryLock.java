package dev.recount.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Locks a data directory for one process, or for several that share it. The kernel releases the lock when a process
 * ends, even after a crash.
 */
final class DataDirectoryLock implements AutoCloseable {
    // Check before opening the file: closing any channel on a locked file releases the whole process's lock.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private FileLock held;

    private DataDirectoryLock(Path file, FileChannel channel, FileLock held) {
        this.file = file;
        this.channel = channel;
        this.held = held;
    }

    static DataDirectoryLock acquire(DataDirectory directory) {
        return tryAcquire(directory).orElseThrow(() -> inUse(directory));
    }

    /** Empty if another process or this process has the directory. */
    static Optional<DataDirectoryLock> tryAcquire(DataDirectory directory) {
        return tryLock(directory, false);
    }

    /** Empty if another process has the directory exclusively, or if this process has it in any mode. */
    static Optional<DataDirectoryLock> tryShare(DataDirectory directory) {
        return tryLock(directory, true);
    }

    private static Optional<DataDirectoryLock> tryLock(DataDirectory directory, boolean shared) {
        var file = directory.lock();
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        try {
            var channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var held = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (held == null) {
                channel.close();
                HELD_HERE.remove(file);
                return Optional.empty();
            }
            // Processes that share it each write a line.
            channel.position(shared ? channel.size() : channel.truncate(0).size());
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new DataDirectoryLock(file, channel, held));
        } catch (IOException failure) {
            HELD_HERE.remove(file);
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    /** Downgrades the exclusive lock to a shared one. False if another process took it exclusively in between. */
    boolean share() {
        return change(true);
    }

    /** Upgrades to an exclusive lock if no other process shares it, else releases it. */
    boolean tryOwn() {
        return change(false);
    }

    private boolean change(boolean shared) {
        try {
            held.release();
            var changed = channel.tryLock(0, Long.MAX_VALUE, shared);
            if (changed == null) {
                return false;
            }
            held = changed;
            return true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static EmbeddedPostgresException inUse(DataDirectory directory) {
        return new EmbeddedPostgresException(
                "The data directory " + directory.root() + " is in use by another Recount (process " + holder(directory)
                        + ").",
                "Stop that one, or give this one a directory of its own with --recount.data-directory=…");
    }

    private static String holder(DataDirectory directory) {
        if (HELD_HERE.contains(directory.lock())) {
            return "this one";
        }
        try {
            var processes = Files.readAllLines(directory.lock());
            var alive = processes.stream()
                    .filter(process -> process.matches("\\d{1,18}")
                            && ProcessHandle.of(Long.parseLong(process)).isPresent())
                    .toList();
            // None is visible if the processes are in another container.
            return String.join(", ", alive.isEmpty() ? processes : alive);
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            HELD_HERE.remove(file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
