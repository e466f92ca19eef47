package dev.recount.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks PostgreSQL's programs from the class path into the data directory.
 *
 * <p>A temporary directory could be cleaned up under a running server.
 */
final class Binaries {
    private static final String PREFIX = "postgres-";
    private static final int DIGEST_CHARACTERS = 12;

    private Binaries() {}

    /** Unpacks once. The name contains the digest of the archive, so that versions do not overwrite each other. */
    static Path unpackInto(Path directory) {
        var resource = resource(System.getProperty("os.name"), System.getProperty("os.arch"));
        try {
            var target = directory.resolve(PREFIX + digest(resource));
            if (!Files.isDirectory(target)) {
                var unfinished = directory.resolve(target.getFileName() + ".unfinished");
                FileSystemUtils.deleteRecursively(unfinished);
                unpack(resource, unfinished);
                Files.move(unfinished, target);
            }
            return target;
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory, failure);
        }
    }

    /** Removes the programs unpacked by earlier versions of Recount. */
    static void deleteOthersThan(Path current) {
        try (var entries = Files.list(current.getParent())) {
            for (var entry : (Iterable<Path>) entries::iterator) {
                if (entry.getFileName().toString().startsWith(PREFIX) && !entry.equals(current)) {
                    FileSystemUtils.deleteRecursively(entry);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static String resource(String osName, String osArchitecture) {
        var system = osName.toLowerCase(Locale.ROOT).startsWith("mac") ? "darwin" : osName.toLowerCase(Locale.ROOT);
        var architecture = switch (osArchitecture) {
            case "amd64", "x86_64" -> "x86_64";
            case "aarch64", "arm64" -> "arm_64";
            default -> osArchitecture;
        };
        var name = "/postgres-" + system + "-" + architecture + ".txz";
        if (Binaries.class.getResource(name) == null) {
            throw new EmbeddedPostgresException(
                    "Recount brings no PostgreSQL for " + osName + " on " + osArchitecture + ".",
                    "Name a server with --spring.datasource.url=jdbc:postgresql://…");
        }
        return name;
    }

    private static InputStream open(String resource) throws IOException {
        var stream = Binaries.class.getResourceAsStream(resource);
        if (stream == null) {
            throw new IOException("no " + resource + " on the class path");
        }
        return new BufferedInputStream(stream);
    }

    private static String digest(String resource) throws IOException {
        try (var archive = new DigestInputStream(open(resource), MessageDigest.getInstance("SHA-256"))) {
            archive.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(archive.getMessageDigest().digest()).substring(0, DIGEST_CHARACTERS);
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }

    private static void unpack(String resource, Path target) throws IOException {
        try (var archive = new TarArchiveInputStream(new XZInputStream(open(resource)))) {
            for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
                var file = entry.resolveIn(target);
                Files.createDirectories(file.getParent());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(archive, file);
                    var executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
        // Readable by all users, because the server may run as another user.
        try (var directories = Files.walk(target)) {
            for (var directory : (Iterable<Path>) directories.filter(Files::isDirectory)::iterator) {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
