package dev.recount.query.reports;

import dev.recount.query.reports.WalkThrough.SourceFile;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/** Makes of a document's files what the build would make of them, without putting them among the sources. */
final class SampleBuild {

    private static final Pattern NUMBER = Pattern.compile("V(\\d+)__.*\\.sql");
    private static final String MIGRATIONS = "query-side/src/main/resources/dev/recount/migrations/query_side";

    private final Path repository;
    private final Path scratch;

    SampleBuild(Path repository, Path scratch) {
        this.repository = repository;
        this.scratch = scratch;
    }

    /** The folder with all that the files come to, to be put on a class path. */
    Path of(List<SourceFile> files) throws IOException {
        var classes = Files.createDirectory(scratch.resolve("classes"));
        for (var file : files) {
            if (Files.exists(repository.resolve(file.path()))) {
                throw new IllegalArgumentException(file.path() + " is there already");
            }
            var target = file.isJava()
                    ? scratch.resolve(file.path())
                    : classes.resolve("dev/recount/migrations/query_side").resolve(numbered(file));
            Files.createDirectories(target.getParent());
            Files.writeString(target, file.text());
        }
        compile(files.stream().filter(SourceFile::isJava).toList(), classes);
        return classes;
    }

    private String numbered(SourceFile migration) throws IOException {
        try (var present = Files.list(repository.resolve(MIGRATIONS))) {
            var highest = present.map(path -> NUMBER.matcher(path.getFileName().toString()))
                    .filter(Matcher::matches)
                    .mapToInt(number -> Integer.parseInt(number.group(1)))
                    .max()
                    .orElseThrow();
            return migration.fileName().replace("<next>", String.valueOf(highest + 1));
        }
    }

    private void compile(List<SourceFile> sources, Path classes) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var messages = new StringWriter();
        try (var manager = compiler.getStandardFileManager(null, null, null)) {
            var units = manager.getJavaFileObjectsFromPaths(sources.stream()
                    .map(source -> scratch.resolve(source.path()))
                    .toList());
            var options = List.of(
                    "-d",
                    classes.toString(),
                    "-proc:none",
                    "-Xlint:all,-classfile,-path,-serial,-try",
                    "-Werror",
                    "-parameters");
            if (!compiler.getTask(messages, manager, null, options, null, units).call()) {
                throw new IllegalArgumentException(messages.toString());
            }
        }
    }
}
