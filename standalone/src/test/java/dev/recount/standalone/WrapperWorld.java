package dev.recount.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A world for {@code mvnw}: a PATH of stand-ins, a home, and an archive that is really unpacked. */
final class WrapperWorld {

    private static final String TOOLS = "awk cat cp dirname gzip mkdir mktemp mv rm sed sha512sum shasum tar";

    private final Path root;
    private final Path wrapper;
    final Map<String, String> environment = new HashMap<>();

    /** What a run printed to its two outputs, and how it ended. */
    record Outcome(int exitCode, String output, String complaints) {}

    /** A world with a Java 17 and no Maven, whose archive has the hash that its copy of {@code mvnw} pins. */
    WrapperWorld(Path root) throws Exception {
        this.root = root;
        this.wrapper = Files.createDirectories(root.resolve("project")).resolve("mvnw");
        environment.put("PATH", root.resolve("path").toString());
        environment.put("HOME", root.resolve("home").toString());
        for (String tool : TOOLS.split(" ")) {
            linkInstalled(tool);
        }
        Path archive = archiveOfAMavenThatPrintsItsArguments();
        String hash = run(List.of("sha512sum", archive.toString())).output().substring(0, 128);
        Files.writeString(
                wrapper,
                committedWrapper()
                        .replaceFirst("sha512=\\p{XDigit}+", "sha512=" + hash)
                        .replaceFirst("jdks='[^']*'", "jdks='" + root.resolve("jdks") + "/*'"));
        installJava("17.0.15");
        executable("path/curl", """
            echo "$@" >> '%s/requests'
            while [ "$1" != -o ]; do shift; done
            cp '%s' "$2"
            """.formatted(root, archive));
    }

    private static String committedWrapper() throws IOException {
        return Files.readString(Path.of("..", "mvnw"));
    }

    /** Pins what is really committed, which is not the hash of this world's archive. */
    void pinTheRealHash() throws IOException {
        Files.writeString(wrapper, committedWrapper());
    }

    void installJava(String version) throws IOException {
        executable("path/java", "echo 'openjdk version \"" + version + "\"' >&2");
    }

    void removeJava() throws IOException {
        Files.delete(root.resolve("path/java"));
    }

    /** Installs a Maven of that version, which prints its arguments. */
    void installMaven(String version) throws IOException {
        executable("path/mvn", """
            if [ "$*" = --version ]; then printf '\\033[1mApache Maven %s\\033[m\\nJava version: 17.0.15\\n'; exit; fi
            printf 'installed'; printf ' <%%s>' "$@"; echo
            """.formatted(version));
    }

    Path executable(String path, String script) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("Cannot make " + file + " executable");
        }
        return file;
    }

    Outcome runWrapper(String... arguments) throws Exception {
        return run(Stream.concat(Stream.of("/bin/sh", wrapper.toString()), Stream.of(arguments))
                .toList());
    }

    /** What was asked of curl. */
    List<String> requests() throws IOException {
        Path requests = root.resolve("requests");
        return Files.exists(requests) ? Files.readAllLines(requests) : List.of();
    }

    List<String> kept(String cache) throws IOException {
        try (var kept = Files.list(root.resolve(cache))) {
            return kept.map(file -> file.getFileName().toString()).toList();
        }
    }

    private Outcome run(List<String> command) throws Exception {
        Path complaints = root.resolve("complaints");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(complaints.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output, Files.readString(complaints));
    }

    /** Not every system has every tool; a script rather than a link, for a temporary directory is to hold no links. */
    private void linkInstalled(String tool) throws IOException {
        for (String directory : System.getenv("PATH").split(":")) {
            if (Files.isExecutable(Path.of(directory, tool))) {
                executable("path/" + tool, "exec '" + Path.of(directory, tool) + "' \"$@\"");
                return;
            }
        }
    }

    private Path archiveOfAMavenThatPrintsItsArguments() throws Exception {
        executable("archive/apache-maven-3.9.11/bin/mvn", "printf 'fetched'; printf ' <%s>' \"$@\"; echo");
        Path archive = root.resolve("archive.tar.gz");
        run(List.of(
                "tar", "-czf", archive.toString(), "-C", root.resolve("archive").toString(), "."));
        return archive;
    }
}
