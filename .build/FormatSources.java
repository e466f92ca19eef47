import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Formats every Java source of the modules ({@code apply}), or fails when one is not formatted ({@code check}). */
class FormatSources {

    private static final Formatter FORMATTER = Formatter.createFormatter(
            JavaFormatterOptions.builder().style(Style.PALANTIR).build());

    public static void main(String[] arguments) throws IOException {
        boolean apply = arguments[0].equals("apply");
        Path root = Path.of(arguments[1]);
        List<String> complaints = new ArrayList<>();
        for (Path source : sources(root)) {
            try {
                String text = Files.readString(source);
                String formatted = FORMATTER.formatSourceAndFixImports(text);
                if (formatted.equals(text)) {
                    continue;
                }
                if (apply) {
                    Files.writeString(source, formatted);
                } else {
                    complaints.add(root.relativize(source) + " is not formatted");
                }
            } catch (FormatterException unparsable) {
                complaints.add(root.relativize(source) + " cannot be formatted: " + unparsable.getMessage());
            }
        }
        if (!complaints.isEmpty()) {
            complaints.forEach(System.err::println);
            System.err.println("To format all sources: ./mvnw -N verify -Dformat=apply");
            System.exit(1);
        }
    }

    private static List<Path> sources(Path root) throws IOException {
        List<Path> sources = new ArrayList<>();
        try (var modules = Files.newDirectoryStream(root, module -> Files.isDirectory(module.resolve("src")))) {
            for (Path module : modules) {
                try (var files = Files.walk(module.resolve("src"))) {
                    files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
                }
            }
        }
        try (var tools = Files.newDirectoryStream(root.resolve(".build"), "*.java")) {
            tools.forEach(sources::add);
        }
        return sources;
    }
}
