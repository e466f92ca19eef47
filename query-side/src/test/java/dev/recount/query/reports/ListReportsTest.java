package dev.recount.query.reports;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.query.HttpAnswer;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

class ListReportsTest {

    private static ReportStory story;

    @BeforeAll
    static void start() {
        story = new ReportStory();
    }

    @AfterAll
    static void stop() {
        story.close();
    }

    private static Iterable<JsonNode> reports() {
        return story.server().get("/reports").json();
    }

    @Test
    void every_report_is_listed() {
        var served = story
                .server()
                .context()
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .stream()
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .filter(path -> path.startsWith("/reports/"))
                .collect(toSet());
        var listed = StreamSupport.stream(reports().spliterator(), false)
                .map(report -> report.get("path").asString())
                .toList();
        assertThat(served).hasSizeGreaterThanOrEqualTo(11);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(served).isSorted();
    }

    @Test
    void every_example_works_in_every_media_type() {
        for (var report : reports()) {
            var example = report.get("example").asString();
            assertThat(example).startsWith(report.get("path").asString());
            for (var type : report.get("media_types")) {
                var answer = story.server().getText(example, "Accept", type.asString());
                assertThat(answer.statusCode()).as("%s as %s", example, type).isEqualTo(200);
                assertThat(answer.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith(type.asString());
            }
        }
    }

    /** The listed parameters are the accepted ones: a bad value of each is refused, also by name. */
    @Test
    void every_parameter_is_known_to_its_report() {
        for (var report : reports()) {
            for (var parameter : report.get("parameters")) {
                var name = parameter.get("name").asString();
                var answer = story.server()
                        .get("%s?%s=-".formatted(report.get("path").asString(), name));
                assertThat(answer.status()).as(name).isEqualTo(400);
                assertThat(answer.json().get("errors").propertyNames()).containsExactly(name);
                assertThat(answer.json().get("errors").toString()).doesNotContain("not known");
            }
        }
    }

    @Test
    void an_entry_says_what_the_report_means_and_how_to_ask_for_it() {
        var ageing = StreamSupport.stream(reports().spliterator(), false)
                .filter(report -> report.get("name").asString().equals("ageing"))
                .findFirst()
                .orElseThrow();
        assertThat(ageing).isEqualTo(HttpAnswer.parse("""
            {"name": "ageing",
             "meaning": "Issues that are unresolved now, by their age in days.",
             "path": "/reports/ageing",
             "parameters": [
              {"name": "assignee",
               "meaning": "Only what concerns issues of this user, by id; not together with label or priority",
               "default_value": "all issues"},
              {"name": "label",
               "meaning": "Only what concerns issues with the label of this name; not together with assignee or priority",
               "default_value": "all issues"},
              {"name": "priority",
               "meaning":
                "Only what concerns issues of this priority: low, medium, high or urgent; not together with assignee or label",
               "default_value": "all issues"},
              {"name": "as_of",
               "meaning":
                "What the report would have told then: a time such as 2026-01-09T12:08:01Z, or a position of the log",
               "default_value": "now"}],
             "media_types": ["application/json", "text/csv"],
             "example": "/reports/ageing"}
            """));
    }
}
