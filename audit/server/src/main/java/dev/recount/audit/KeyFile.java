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
 * The private keys of this node, one a line, the newest first. All of them sign each note.
 *
 * <p>The file is read again for each note, so an added or removed key takes effect immediately.
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

    /** Creates a key for a log of this name if the file is missing. */
    void createIfMissing(String name) {
        if (!Files.exists(path)) {
            try {
                create(SigningKey.generate(name));
            } catch (FileAlreadyExistsException raced) {
                LOG.debug("another process has made the key", raced);
            } catch (IOException failure) {
                throw new UncheckedIOException("The key file " + path + " cannot be created", failure);
            }
        }
    }

    /** Creates the file completely or not at all, because half a key would have to be removed by hand. */
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

    /** @throws UnusableKeyException if the file cannot be read or is malformed */
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
                    "The key file " + path + " is malformed. " + unknown.getMessage(), unknown);
        }
    }
}
