package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The samples of {@code docs/adding-a-field.md} are parts of the files that they name. */
class AddingAFieldTest {

    private static final Pattern FILE_OR_SAMPLE = Pattern.compile(
            "^`([a-z-]+/src/[^`]+)`$|^```(?:java|sql)\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private record Sample(String file, String text) {

        boolean isInItsFile() {
            return inOneLine(MarkdownPage.of(file).text()).contains(inOneLine(text));
        }

        private static String inOneLine(String text) {
            return text.strip().replaceAll("\\s+", " ");
        }
    }

    private static List<Sample> samples(String page) {
        List<Sample> samples = new ArrayList<>();
        String file = "";
        for (MatchResult found : FILE_OR_SAMPLE.matcher(page).results().toList()) {
            if (found.group(1) != null) {
                file = found.group(1);
            } else {
                samples.add(new Sample(file, found.group(2)));
            }
        }
        return samples;
    }

    @Test
    void every_sample_is_part_of_its_file() {
        List<Sample> samples = samples(MarkdownPage.of("docs/adding-a-field.md").text());
        assertThat(samples).hasSizeGreaterThan(12).allMatch(Sample::isInItsFile);
    }

    @Test
    void a_sample_that_its_file_does_not_have_is_found() {
        String page = """
            `shared-events/src/main/java/dev/recount/events/EventType.java`

            ```java
            ISSUE_PAINTED("IssuePainted", 1, IssuePainted.class),
            ```
            """;
        assertThat(samples(page)).singleElement().matches(sample -> !sample.isInItsFile());
    }
}
