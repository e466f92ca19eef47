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
 * Keeps a data directory for one process, or for several that share it; the kernel takes it back when a process ends,
 * however it ends.
 */
final class DataDirectoryLock implements AutoCloseable {
    // Asked before the file is opened: to close any channel on a locked file gives up the whole process's lock.
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

    /** Empty where another process has the directory, or this one. */
    static Optional<DataDirectoryLock> tryAcquire(DataDirectory directory) {
        return tryLock(directory, false);
    }

    /** Empty where another process has the directory for itself, or this one has it at all. */
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
            // Those that share it stand below each other.
            channel.position(shared ? channel.size() : channel.truncate(0).size());
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new DataDirectoryLock(file, channel, held));
        } catch (IOException failure) {
            HELD_HERE.remove(file);
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    /** Lets others share what this process had for itself; false where one came in between and has it for itself now. */
    boolean share() {
        return change(true);
    }

    /** Makes it this process's own if nobody shares it any more; else it is given up. */
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
            // None where they are in another container.
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
