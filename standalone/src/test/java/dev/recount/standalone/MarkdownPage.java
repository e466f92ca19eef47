package dev.recount.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page of the documentation, with its sections, shell commands, links and anchors. */
record MarkdownPage(Path file, String text) {

    static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern SHELL = Pattern.compile("^```sh\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern BLOCK = Pattern.compile("^```.*?^```$", Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern CODE = Pattern.compile("`[^`\\n]*`");
    private static final Pattern LINK = Pattern.compile("\\[[^\\[\\]]*]\\(([^()\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);
    private static final Pattern LINKED = Pattern.compile("\\[([^\\[\\]]*)]\\([^()\\s]*\\)");

    static MarkdownPage of(String path) {
        return of(REPOSITORY.resolve(path));
    }

    static MarkdownPage of(Path file) {
        try {
            return new MarkdownPage(file, Files.readString(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** All pages for readers: the top level's and those below {@code docs}. */
    static List<MarkdownPage> all() {
        try (Stream<Path> top = Files.list(REPOSITORY);
                Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
            return Stream.concat(top, docs)
                    .filter(file -> file.toString().endsWith(".md"))
                    .sorted()
                    .map(MarkdownPage::of)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** From a heading of the second level to the next one. */
    String section(String heading) {
        int begin = ("\n" + text).indexOf("\n" + heading + "\n");
        if (begin < 0) {
            throw new IllegalArgumentException(file + " has no section " + heading);
        }
        int end = text.indexOf("\n## ", begin);
        return text.substring(begin, end < 0 ? text.length() : end);
    }

    /** The shell blocks of a section, which are to be run. */
    List<String> shellBlocks(String heading) {
        return SHELL.matcher(section(heading))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    /** The targets of all links, in order. */
    List<String> links() {
        String prose = BLOCK.matcher(text).replaceAll("");
        return LINK.matcher(CODE.matcher(prose).replaceAll("code"))
                .results()
                .map(link -> link.group(1))
                .toList();
    }

    /** The anchors of the headings, as GitHub makes them. */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        Map<String, Integer> seen = new HashMap<>();
        HEADING.matcher(BLOCK.matcher(text).replaceAll("")).results().forEach(heading -> {
            String anchor = anchor(heading.group(1));
            int before = seen.merge(anchor, 1, Integer::sum) - 1;
            anchors.add(before == 0 ? anchor : anchor + "-" + before);
        });
        return anchors;
    }

    private static String anchor(String heading) {
        return LINKED.matcher(heading)
                .replaceAll("$1")
                .strip()
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .replace(' ', '-');
    }

    /** The links that lead to no file, or to no heading of it. */
    List<String> brokenLinks() {
        return links().stream()
                .filter(link -> !link.matches("[a-z]+:.*") && !leadsSomewhere(link))
                .toList();
    }

    private boolean leadsSomewhere(String link) {
        int hash = link.indexOf('#');
        String path = hash < 0 ? link : link.substring(0, hash);
        if (path.isEmpty()) {
            return anchors().contains(link.substring(hash + 1));
        }
        Path target = file.resolveSibling(path).normalize();
        return target.startsWith(REPOSITORY)
                && Files.exists(target)
                && (hash < 0 || MarkdownPage.of(target).anchors().contains(link.substring(hash + 1)));
    }
}
