package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.OptionalInt;

/** Whose an installation is: data of another user is refused before anything in it is touched. */
final class Ownership {

    private static final int ROOT = 0;

    private Ownership() {}

    /** The user id that the cluster belongs to; empty where there is none, or none that can be seen. */
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
            // What is in it cannot be seen.
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
