package dev.recount.standalone.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Texts are plain: a few words that give an old-fashioned sentence away are in no comment, message or document. */
class PlainEnglishTest {

    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    private static final Pattern UNWANTED = Pattern.compile(
            "\\b(who" + "ever|who" + "mever|no" + "body|some" + "body|every" + "body|any" + "body|le" + "st|there"
                    + "by"
                    + "|un" + "seen|mis" + "laid|where there (is|are) no(ne)?|(comes|came)" + " to|all" + " the same"
                    + "|as" + " good as|of its" + " own accord|in" + " vain|(is|are)" + " told)\\b",
            Pattern.CASE_INSENSITIVE);

    /** What is read of a source: comments, text blocks and strings, not identifiers. */
    private static final Pattern PROSE =
            Pattern.compile("/\\*.*?\\*/|//[^\\n]*|\"\"\".*?\"\"\"|\"(?:\\\\.|[^\"\\\\\\n])*\"", Pattern.DOTALL);

    private static final Pattern CODE =
            Pattern.compile("(?s)```.*?```|`[^`\\n]*`|\\]\\([^)]*\\)|\\{@(?:code|link)[^}]*}");

    @Test
    void an_old_fashioned_sentence_is_found() {
        assertThat(unwantedIn("/** No" + "body waits for it. */ int no" + "body;"))
                .containsExactly("No" + "body");
        assertThat(unwantedIn("throw new X(\"it came" + " to nothing\");")).containsExactly("came" + " to");
        assertThat(unwantedIn("int no" + "body = 1; // The user {@code no" + "body}."))
                .isEmpty();
    }

    @Test
    void sources_are_plain() throws IOException {
        assertThat(files(".java").filter(file -> !file.toString().contains("/offender/")))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(unwantedIn(Files.readString(file)))
                        .as(file.toString())
                        .isEmpty());
    }

    @Test
    void documents_are_plain() throws IOException {
        assertThat(files(".md"))
                .isNotEmpty()
                .allSatisfy(file -> assertThat(unwanted(Files.readString(file)))
                        .as(file.toString())
                        .isEmpty());
    }

    private static List<String> unwantedIn(String source) {
        return unwanted(PROSE.matcher(source).results().map(MatchResult::group).collect(Collectors.joining("\n")));
    }

    private static List<String> unwanted(String text) {
        return UNWANTED.matcher(CODE.matcher(text).replaceAll(""))
                .results()
                .map(MatchResult::group)
                .toList();
    }

    private static Stream<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.walk(REPOSITORY)) {
            return files
                    .filter(file -> file.toString().endsWith(suffix))
                    .filter(file -> Stream.of("/target/", "/.git/", "/data/")
                            .noneMatch(folder -> file.toString().contains(folder)))
                    .toList()
                    .stream();
        }
    }
}
