package dev.recount.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Runs PostgreSQL's programs and waits for their end. */
record Programs(Path binaries, DataDirectory directory, Privileges privileges) {
    private static final Pattern VERSION = Pattern.compile("\\(PostgreSQL\\) (\\S+)");

    /** The version, such as {@code 18.6}. */
    String version() {
        var said = run("postgres", List.of("--version"))
                .orRefuse("PostgreSQL does not run here.")
                .output();
        var matcher = VERSION.matcher(said);
        if (!matcher.find()) {
            throw new IllegalStateException("PostgreSQL does not report its version but: " + said);
        }
        return matcher.group(1);
    }

    String majorVersion() {
        return version().replaceFirst("\\..*", "");
    }

    Result run(String program, List<String> arguments) {
        var command = new ArrayList<String>();
        command.add(binaries.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        try {
            // A file, not a pipe: the server that pg_ctl starts inherits it, and a pipe would never close.
            var builder = new ProcessBuilder(privileges.command(command))
                    .directory(directory.root().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.programLog().toFile());
            // Variables such as PGPORT would override the settings. Messages are parsed, so they must be English.
            builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
            builder.environment().put("LC_ALL", "C");
            int exitCode = builder.start().waitFor();
            return new Result(exitCode, Files.readString(directory.programLog()).strip());
        } catch (IOException failure) {
            throw DataDirectory.unusable(directory.root(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + program + " ran", interrupted);
        }
    }

    /** The exit code and the output of a program. */
    record Result(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }

        Result orRefuse(String message) {
            if (!succeeded()) {
                throw new EmbeddedPostgresException(
                        message + " Its output:\n" + output,
                        "Fix the reported problem. As root, note that PostgreSQL runs without root's rights: it must be"
                                + " able to reach the data directory without them.");
            }
            return this;
        }
    }
}
