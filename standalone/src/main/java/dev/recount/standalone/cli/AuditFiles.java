package dev.recount.standalone.cli;

import dev.recount.verifier.ExportLog;
import dev.recount.verifier.MalformedLogException;
import dev.recount.verifier.VerifierKey;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Opens the files named on the command line, or reports why that fails. */
final class AuditFiles {

    private AuditFiles() {}

    static ExportLog export(Path file, Collection<VerifierKey> keys) {
        try {
            return ExportLog.open(file, keys);
        } catch (IOException failure) {
            throw unusable(file, failure);
        } catch (MalformedLogException refused) {
            throw new CommandFailure(
                    ExitCode.FAILED, "no-export", file + " is no export of a log: " + refused.getMessage() + ".");
        }
    }

    /** Checks a file to be created before anything is started for it. */
    static void requireNew(Path file) {
        var directory = file.toAbsolutePath().getParent();
        if (Files.exists(file)) {
            throw unusable(file, new FileAlreadyExistsException(file.toString()));
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw new CommandFailure(ExitCode.USAGE, "no-directory", "There is no directory " + directory + ".");
        }
    }

    /** Checks files to be read before anything is started for them. */
    static void requireReadable(Collection<Path> files) {
        for (var file : files) {
            try {
                Files.newInputStream(file).close();
            } catch (IOException failure) {
                throw unusable(file, failure);
            }
        }
    }

    static CommandFailure unusable(Path file, IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ ->
                new CommandFailure(ExitCode.USAGE, "no-file", "There is no file " + failure.getMessage() + ".");
            case FileAlreadyExistsException _ ->
                new CommandFailure(
                        ExitCode.USAGE, "file-exists", "There is a file " + failure.getMessage() + " already.");
            default ->
                new CommandFailure(ExitCode.FAILED, "file-failed", "The file " + file + " cannot be used: " + failure);
        };
    }

    static List<VerifierKey> keys(Collection<String> keys) {
        try {
            return keys.stream().map(VerifierKey::parse).toList();
        } catch (MalformedLogException refused) {
            throw new CommandFailure(ExitCode.USAGE, "usage", "--key: " + refused.getMessage());
        }
    }
}
