package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** The directory of all of an installation's data, with the names of its entries. */
record DataDirectory(Path root) {
    static final String ELSEWHERE = "Name a directory for Recount alone with --recount.data-directory=…";
    private static final String NAME_IT =
            "Name the one that Recount runs on with --recount.data-directory=DIR, or its database with"
                    + " --spring.datasource.url=URL.";
    // Entries of a directory that still counts as empty. A file system or desktop creates the first two. The key of
    // checkpoints may be older than this database.
    private static final Set<String> NOBODYS = Set.of("lost+found", ".DS_Store", "audit.key");
    // pg_ctl passes its paths to a shell between double quotes.
    private static final String UNQUOTABLE = "\"$`\\\n";

    /** Creates the directory, or checks that it belongs to Recount. */
    static DataDirectory prepare(Path path) {
        try {
            var absolute = path.toAbsolutePath().normalize();
            if (absolute.toString().chars().anyMatch(c -> UNQUOTABLE.indexOf(c) >= 0)) {
                throw new EmbeddedPostgresException(
                        "The data directory " + absolute + " has a character in its name that PostgreSQL cannot take.",
                        ELSEWHERE);
            }
            if (!Files.isDirectory(absolute)) {
                Files.createDirectories(absolute.getParent());
                Files.createDirectory(
                        absolute, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            var directory = new DataDirectory(absolute.toRealPath());
            Ownership.refuseOthers(directory);
            directory.refuseForeign();
            return directory;
        } catch (IOException failure) {
            throw unusable(path.toAbsolutePath().normalize(), failure);
        }
    }

    /** The directory of an existing installation. Nothing is created. */
    static DataDirectory existing(Path path) {
        var absolute = path.toAbsolutePath().normalize();
        if (!Files.isDirectory(absolute)) {
            throw new EmbeddedPostgresException("There is no data directory " + absolute + ".", NAME_IT);
        }
        try {
            var directory = new DataDirectory(absolute.toRealPath());
            Ownership.refuseOthers(directory);
            if (!Files.exists(directory.lock()) || !Files.exists(directory.cluster())) {
                throw new EmbeddedPostgresException(
                        "The data directory " + directory.root() + " holds no database of Recount's.", NAME_IT);
            }
            return directory;
        } catch (IOException failure) {
            throw unusable(absolute, failure);
        }
    }

    static EmbeddedPostgresException unusable(Path path, IOException failure) {
        var reason = switch (failure) {
            case AccessDeniedException _ -> "permission denied: " + failure.getMessage();
            case FileAlreadyExistsException _ -> "not a directory: " + failure.getMessage();
            case FileSystemException file when file.getReason() != null -> file.getReason() + ": " + file.getFile();
            default -> failure.toString();
        };
        return new EmbeddedPostgresException(
                "The data directory " + path + " cannot be used (" + reason + ").",
                "Make it a directory that this user may write to. " + ELSEWHERE,
                failure);
    }

    private void refuseForeign() throws IOException {
        if (Files.exists(lock())) {
            return;
        }
        try (var entries = Files.list(root)) {
            if (entries.anyMatch(entry -> !NOBODYS.contains(String.valueOf(entry.getFileName())))) {
                throw new EmbeddedPostgresException(
                        "The data directory " + root + " holds something, but nothing of Recount's.", ELSEWHERE);
            }
        }
    }

    /**
     * The process that holds the lock on this file owns the directory. The file's existence marks the directory as
     * Recount's.
     */
    Path lock() {
        return root.resolve("recount.lock");
    }

    /** The command that holds the lock on this file starts or stops the server. Other commands wait for it. */
    Path gate() {
        return root.resolve("recount.gate");
    }

    Path password() {
        return root.resolve("password");
    }

    Path port() {
        return root.resolve("port");
    }

    /** The output of the last of PostgreSQL's programs that ran. */
    Path programLog() {
        return root.resolve("program.log");
    }

    Path cluster() {
        return root.resolve("cluster");
    }

    /** The place of an incomplete cluster, so that an interrupted first start is simply repeated. */
    Path unfinishedCluster() {
        return root.resolve("cluster.unfinished");
    }
}
