package dev.recount.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A way to start PostgreSQL's programs without root, as which they refuse to run.
 *
 * @param prefix the command that drops root, empty if there is nothing to drop
 * @param owner the user id that must own the server's files; empty if no ownership has to change
 */
record Privileges(List<String> prefix, OptionalInt owner) {
    private static final Logger LOG = LoggerFactory.getLogger(Privileges.class);
    private static final int NOBODY = 65534;
    private static final Privileges AS_IT_IS = new Privileges(List.of(), OptionalInt.empty());
    /**
     * A separate user namespace in which root has no special rights. It can access root's files and changes no owner.
     */
    static final Privileges NAMESPACE = new Privileges(List.of("unshare", "-U"), OptionalInt.of(0));
    /** For containers, which commonly forbid user namespaces: another user, which becomes owner of the files. */
    static final Privileges OTHER_USER = new Privileges(
            List.of("setpriv", "--reuid", "" + NOBODY, "--regid", "" + NOBODY, "--clear-groups"),
            OptionalInt.of(NOBODY));

    /** Determines the privileges of this process for a cluster of that owner, or for a new one. Tests replace it. */
    @FunctionalInterface
    interface Source {
        Privileges get(OptionalInt clusterOwner);
    }

    static Privileges ofThisProcess(OptionalInt clusterOwner) {
        if (!ownUserId().equals(OptionalInt.of(0))) {
            return AS_IT_IS;
        }
        for (var way : List.of(NAMESPACE, OTHER_USER)) {
            // The owner of an existing cluster must not change: with another way of starting, the files would become
            // inaccessible.
            if (clusterOwner.isPresent() && !way.owner.equals(clusterOwner)) {
                continue;
            }
            // Check the name too: initdb fails for a user id without one.
            if (userName(way, "-u").filter(id -> !id.equals("0")).isPresent()
                    && userName(way, "-un").isPresent()) {
                return way;
            }
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL does not run as root, and "
                        + (clusterOwner.isEmpty()
                                ? "neither unshare nor setpriv can give root up here."
                                : (clusterOwner.equals(NAMESPACE.owner) ? "unshare -U" : "setpriv")
                                        + ", by which this data was made as root, cannot give root up here."),
                "Start Recount as another user, or name a server with --spring.datasource.url=jdbc:postgresql://…");
    }

    private static Optional<String> userName(Privileges privileges, String option) {
        try {
            var process = new ProcessBuilder(privileges.command(List.of("id", option)))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            return process.waitFor() == 0 ? Optional.of(output.strip()) : Optional.empty();
        } catch (IOException noSuchProgram) {
            LOG.debug("{} {}", privileges.prefix, noSuchProgram.getMessage());
            return Optional.empty();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /** The user id of this process, empty if it is not available. */
    static OptionalInt ownUserId() {
        return userName(AS_IT_IS, "-u")
                .filter(id -> id.matches("\\d{1,9}"))
                .map(id -> OptionalInt.of(Integer.parseInt(id)))
                .orElseGet(OptionalInt::empty);
    }

    /** Whether root starts the server on data of that owner: root itself or the user that replaces it. */
    static boolean isRoots(int owner) {
        return owner == NAMESPACE.owner.orElseThrow() || owner == NOBODY;
    }

    List<String> command(List<String> command) {
        var all = new ArrayList<>(prefix);
        all.addAll(command);
        return List.copyOf(all);
    }

    /** Lets the server's user traverse the data directory, if it is another user. It grants no right to read. */
    void openDirectory(Path directory) {
        if (owner.orElse(0) == 0) {
            return;
        }
        try {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Changes the owner of files to the user that runs the server. */
    void giveAway(Path tree) {
        if (owner.isEmpty()) {
            return;
        }
        try (var files = Files.walk(tree)) {
            for (var file : (Iterable<Path>) files::iterator) {
                if (!Integer.valueOf(owner.getAsInt())
                        .equals(Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS))) {
                    Files.setAttribute(file, "unix:uid", owner.getAsInt(), LinkOption.NOFOLLOW_LINKS);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
