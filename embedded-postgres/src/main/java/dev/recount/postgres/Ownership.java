package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Checks the owner of an installation. Data of another user is refused before anything in it changes. */
final class Ownership {

    private static final int ROOT = 0;

    private Ownership() {}

    /** The user id that owns the cluster, empty if there is no cluster or it is not visible. */
    static OptionalInt clusterOwner(DataDirectory directory) {
        try {
            return Files.exists(directory.cluster())
                    ? OptionalInt.of(userId(directory.cluster()))
                    : OptionalInt.empty();
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        }
    }

    static void refuseOthers(DataDirectory directory) throws IOException {
        var own = Privileges.ownUserId();
        var owner = clusterOwner(directory);
        if (owner.isEmpty() && !Files.isExecutable(directory.root())) {
            // Its content is not readable.
            owner = OptionalInt.of(userId(directory.root()));
        }
        if (owner.isPresent()
                && own.isPresent()
                && !owner.equals(own)
                && !(own.getAsInt() == ROOT && Privileges.isRoots(owner.getAsInt()))) {
            throw anothers(directory, owner.getAsInt());
        }
    }

    private static EmbeddedPostgresException anothers(DataDirectory directory, int owner) throws IOException {
        var seen = Files.exists(directory.cluster()) ? directory.cluster() : directory.root();
        var name = Files.getOwner(seen).getName();
        return new EmbeddedPostgresException(
                "The data directory " + directory.root() + " belongs to the user " + name
                        + (name.equals(Integer.toString(owner)) ? "" : " (" + owner + ")")
                        + ", but this Recount runs as "
                        + System.getProperty("user.name") + ".",
                "Start Recount as " + name + ". " + DataDirectory.ELSEWHERE);
    }

    private static int userId(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }
}
