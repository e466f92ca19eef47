package dev.recount.standalone.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a data directory for one process; the kernel takes it back when that process ends, however it ends. */
final class DataDirectoryLock implements AutoCloseable {
    // Asked before the file is opened: to close any channel on a locked file gives up the whole process's lock.
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private DataDirectoryLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static DataDirectoryLock acquire(DataDirectory directory) {
        return tryAcquire(directory).orElseThrow(() -> inUse(directory));
    }

    /** Empty where another process has the directory, or this one. */
    static Optional<DataDirectoryLock> tryAcquire(DataDirectory directory) {
        var file = directory.lock();
        if (!HELD_HERE.add(file)) {
            return Optional.empty();
        }
        try {
            var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                HELD_HERE.remove(file);
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new DataDirectoryLock(file, channel));
        } catch (IOException failure) {
            HELD_HERE.remove(file);
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    private static EmbeddedPostgresException inUse(DataDirectory directory) {
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
            return Files.readString(directory.lock()).strip();
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
