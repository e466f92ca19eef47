package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The database's password. It is generated once and readable only by the owner of the data directory. */
final class Password {
    private static final int BYTES = 24;

    private Password() {}

    static String in(DataDirectory directory) {
        try {
            var file = directory.password();
            if (Files.exists(file)) {
                return Files.readString(file).strip();
            }
            if (Files.exists(directory.cluster())) {
                throw new EmbeddedPostgresException(
                        "The password of the database is missing: " + file + ".", "Restore that file from a backup.");
            }
            var random = new byte[BYTES];
            new SecureRandom().nextBytes(random);
            var password = HexFormat.of().formatHex(random);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, password + "\n");
            return password;
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }
}
