package dev.recount.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The private keys of this node, one a line, the newest first. Notes are signed by all of them.
 *
 * <p>It is read anew for each note, so a key that is put in or taken out counts from then on.
 */
final class KeyFile {

    private static final Logger LOG = LoggerFactory.getLogger(KeyFile.class);

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;
    private Keys last = new Keys("", List.of());

    private record Keys(String text, List<SigningKey> all) {}

    KeyFile(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /** Makes a key for a log of this name where there is no file yet. */
    void createIfMissing(String name) {
        if (!Files.exists(path)) {
            try {
                create(SigningKey.generate(name));
            } catch (FileAlreadyExistsException raced) {
                LOG.debug("another process has made the key meanwhile", raced);
            } catch (IOException failure) {
                throw new UncheckedIOException("The key file " + path + " cannot be created", failure);
            }
        }
    }

    /** Whole or not at all: half a key would have to be removed by hand. */
    private void create(SigningKey key) throws IOException {
        var directory = Files.createDirectories(path.resolveSibling("."));
        var whole = Files.createTempFile(directory, "audit", ".new", OWNER_ONLY);
        try {
            Files.writeString(whole, key.text() + "\n");
            Files.move(whole, path);
            LOG.info("Made the key {}, kept in {}", key.verifier().text(), path);
        } finally {
            Files.deleteIfExists(whole);
        }
    }

    /** @throws UnusableKeyException where the file cannot be read, or holds something else */
    synchronized List<SigningKey> keys() {
        try {
            var text = Files.readString(path);
            if (!text.equals(last.text())) {
                last = new Keys(text, parse(text));
            }
            return last.all();
        } catch (IOException failure) {
            throw new UnusableKeyException("The key file " + path + " cannot be read: " + failure, failure);
        }
    }

    private List<SigningKey> parse(String text) {
        try {
            var keys = text.lines()
                    .filter(line -> !line.isBlank())
                    .map(String::strip)
                    .map(SigningKey::parse)
                    .toList();
            if (keys.isEmpty()) {
                throw new UnusableKeyException("The key file " + path + " holds no key", null);
            }
            return keys;
        } catch (IllegalArgumentException unknown) {
            throw new UnusableKeyException(
                    "The key file " + path + " holds something else. " + unknown.getMessage(), unknown);
        }
    }
}
