package dev.recount.command.imports;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * The directory in which one process keeps the files that it is importing.
 *
 * <p>It is deleted when the process ends. If the process was killed, the next one that uses the same parent deletes it.
 * A lock shows whether the process is still running, on whatever machine.
 */
final class ImportDirectory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ImportDirectory.class);
    private static final String PREFIX = "recount-import-";
    private static final String LOCK = "lock";

    /**
     * The directories locked by this process. They are never opened again, because closing any channel on a locked file
     * releases the process's lock.
     */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel lock;

    private ImportDirectory(Path directory, FileChannel lock) {
        this.directory = directory;
        this.lock = lock;
    }

    static ImportDirectory below(Path parent) throws IOException {
        Path absolute = Files.createDirectories(parent.toAbsolutePath());
        deleteAbandoned(absolute);
        while (true) {
            Path directory = Files.createTempDirectory(absolute, PREFIX);
            HELD_HERE.add(directory);
            FileChannel lock =
                    FileChannel.open(directory.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            // Another process may have taken the directory for an abandoned one and deleted it before the lock was
            // held.
            if (lock.tryLock() != null && Files.exists(directory.resolve(LOCK))) {
                return new ImportDirectory(directory, lock);
            }
            lock.close();
            HELD_HERE.remove(directory);
        }
    }

    Path path() {
        return directory;
    }

    private static void deleteAbandoned(Path parent) throws IOException {
        try (var directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path directory : directories) {
                if (!HELD_HERE.contains(directory)) {
                    deleteIfAbandoned(directory);
                }
            }
        }
    }

    private static void deleteIfAbandoned(Path directory) {
        try (FileChannel lock = FileChannel.open(directory.resolve(LOCK), StandardOpenOption.WRITE)) {
            if (lock.tryLock() != null) {
                FileSystemUtils.deleteRecursively(directory);
            }
        } catch (IOException e) {
            // It belongs to another process, or is being created or deleted.
            LOG.debug("{} stays", directory, e);
        }
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            FileSystemUtils.deleteRecursively(directory);
        }
        HELD_HERE.remove(directory);
    }
}
