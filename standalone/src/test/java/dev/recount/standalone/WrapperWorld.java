package dev.recount.standalone;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** An environment for {@code mvnw} and {@code recount}: a PATH of stand-ins, a home directory, and a real archive. */
final class WrapperWorld {

    private static final String TOOLS =
            "awk cat cp dirname find gzip head ls mkdir mktemp mv rm sed sha512sum shasum tar touch";

    private final Path root;
    private final Path wrapper;
    final Map<String, String> environment = new HashMap<>();

    /** The two outputs and the exit code of a run. */
    record Outcome(int exitCode, String output, String complaints) {}

    /**
     * An environment with a Java 17 on the PATH, a JDK 25 elsewhere and no Maven. Its archive has the hash that its
     * copy of {@code mvnw} pins.
     */
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
        Files.writeString(wrapper, committedWrapper().replaceFirst("sha512=\\p{XDigit}+", "sha512=" + hash));
        Files.writeString(
                Files.createDirectories(wrapper.resolveSibling(".build")).resolve("java.sh"),
                Files.readString(Path.of("..", ".build", "java.sh"))
                        .replaceFirst("homes='[^']*'", "homes='" + root.resolve("jdks") + "/*'"));
        installJava("17.0.15");
        installJdk("25.0.3");
        executable("path/curl", """
            echo "$@" >> '%s/requests'
            while [ "$1" != -o ]; do shift; done
            cp '%s' "$2"
            """.formatted(root, archive));
    }

    private static String committedWrapper() throws IOException {
        return Files.readString(Path.of("..", "mvnw"));
    }

    /** Pins the committed hash, which is not that of this environment's archive. */
    void pinTheRealHash() throws IOException {
        Files.writeString(wrapper, committedWrapper());
    }

    void installJava(String version) throws IOException {
        executable("path/java", "echo 'openjdk version \"" + version + "\"' >&2");
    }

    void removeJava() throws IOException {
        Files.delete(root.resolve("path/java"));
    }

    /** Installs a JDK outside the PATH whose java prints its arguments, and returns its home. */
    Path installJdk(String version) throws IOException {
        executable("jdks/jdk/bin/javac", "");
        Path java = executable("jdks/jdk/bin/java", """
            if [ "$1" = -version ]; then echo 'openjdk version "%s" 2026-04-21 LTS' >&2; exit; fi
            printf 'java'; printf ' <%%s>' "$@"; echo
            """.formatted(version));
        return java.getParent().getParent();
    }

    void removeJdk() throws IOException {
        Files.delete(root.resolve("jdks/jdk/bin/java"));
    }

    /** Puts the project's launcher script beside a {@code mvnw} that makes the jar and prints its arguments. */
    Path installRecount() throws IOException {
        executable("project/mvnw", """
            mkdir -p '%1$s/standalone/target'
            touch '%1$s/standalone/target/recount.jar'
            printf 'mvnw'; printf ' <%%s>' "$@"; echo
            """.formatted(wrapper.getParent()));
        Path source = wrapper.resolveSibling("standalone/src/main/java/Recount.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "");
        Files.writeString(wrapper.resolveSibling("pom.xml"), "");
        Files.writeString(wrapper.resolveSibling("recount"), Files.readString(Path.of("..", "recount")));
        return source;
    }

    Outcome runRecount(String... arguments) throws Exception {
        return runScript(wrapper.resolveSibling("recount"), arguments);
    }

    Outcome runScript(Path script, String... arguments) throws Exception {
        return run(Stream.concat(Stream.of("/bin/sh", script.toString()), Stream.of(arguments))
                .toList());
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

    /** Runs it in the project's directory. */
    Outcome runWrapper(String... arguments) throws Exception {
        return runScript(wrapper, arguments);
    }

    /** The requests made with curl. */
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
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(wrapper.getParent().toFile())
                .redirectError(complaints.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), output, Files.readString(complaints));
    }

    /**
     * Not every system has every tool. Uses a script rather than a link, because the temporary directory must hold no
     * links.
     */
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
