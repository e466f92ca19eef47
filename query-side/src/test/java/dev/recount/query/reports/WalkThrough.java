package dev.recount.query.reports;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The code blocks of a document: files, each under a line with only its path; commands; and the JSON responses to them.
 */
record WalkThrough(List<SourceFile> files, List<Command> commands) {

    private static final Pattern BLOCK = Pattern.compile(
            "(?:^`(?<path>[^`\\n]+)`\\n\\n)?^```(?<language>.*)\\n(?<text>(?s:.*?))^```$", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package ([a-z.]+);$", Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^(?:[a-z]+ )*(?:class|record|interface|enum) (\\w+)", Pattern.MULTILINE);
    private static final Pattern MIGRATION =
            Pattern.compile("query-side/src/main/resources/dev/recount/migrations/query_side/V<next>__[a-z_]+\\.sql");

    /** @param path as the document has it, below the repository */
    record SourceFile(String path, String text) {

        boolean isJava() {
            return path.endsWith(".java");
        }

        boolean isTest() {
            return path.endsWith("Test.java");
        }

        String fileName() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String className() {
            return find(PACKAGE, text) + "." + find(TYPE, text);
        }
    }

    /** @param answer empty if the document shows none */
    record Command(String line, String answer) {}

    static WalkThrough read(Path document) {
        try {
            return of(Files.readString(document));
        } catch (IOException missing) {
            throw new IllegalStateException(missing);
        }
    }

    /** @throws IllegalArgumentException for a block that is none of these, or has a path that does not fit what it holds */
    static WalkThrough of(String document) {
        var files = new ArrayList<SourceFile>();
        var commands = new ArrayList<Command>();
        var end = 0;
        for (var block : BLOCK.matcher(document).results().toList()) {
            var path = block.group("path");
            var text = block.group("text");
            switch (block.group("language")) {
                case "java" -> files.add(java(path, text));
                case "sql" -> files.add(migration(path, text));
                case "sh" -> text.lines().forEach(line -> commands.add(new Command(line, "")));
                case "json" -> {
                    if (commands.isEmpty() || !commands.getLast().answer().isEmpty()) {
                        throw new IllegalArgumentException("an answer to nothing: " + text);
                    }
                    commands.add(new Command(commands.removeLast().line(), text));
                }
                default -> throw new IllegalArgumentException("no use for the block " + block.group());
            }
            end = block.end();
        }
        if (document.indexOf("```", end) >= 0) {
            throw new IllegalArgumentException("a block does not end");
        }
        return new WalkThrough(List.copyOf(files), List.copyOf(commands));
    }

    private static SourceFile java(String path, String text) {
        var file = new SourceFile(path, text);
        var side = file.className().startsWith("dev.recount.command.") ? "command-side" : "query-side";
        var folder = "%s/src/%s/java/".formatted(side, file.className().endsWith("Test") ? "test" : "main");
        require((folder + file.className().replace('.', '/') + ".java").equals(path), file);
        return file;
    }

    private static SourceFile migration(String path, String text) {
        var file = new SourceFile(path, text);
        require(path != null && MIGRATION.matcher(path).matches(), file);
        return file;
    }

    private static void require(boolean fits, SourceFile file) {
        if (!fits) {
            throw new IllegalArgumentException("%s is no path for%n%s".formatted(file.path(), file.text()));
        }
    }

    private static String find(Pattern pattern, String text) {
        var found = pattern.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("no " + pattern + " in\n" + text);
        }
        return found.group(1);
    }
}
