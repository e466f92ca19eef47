package dev.recount.command.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.recount.command.imports.ImportServer.Answer;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.eventstore.testing.TestDatabase;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.messaging.Message;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Imports real issue reports and compares them with what another CSV reader makes of the same file. */
class RealIssuesTest {

    /** Lies beside the repository on development machines and is not part of it. */
    private static final Path FILE = Path.of("../../shared/data/real-issues.csv");

    @Test
    void every_real_issue_arrives_to_the_letter_and_the_four_long_titles_are_refused() throws Exception {
        assumeTrue(Files.exists(FILE), FILE.toAbsolutePath().normalize() + " is not there");
        List<String> expected = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        judgeByAnotherReader(expected, refused);

        try (TestDatabase database = TestDatabase.fresh();
                ImportServer server = ImportServer.on(database.dataSource(), Map.of())) {
            long head = server.log().head();
            Answer answer = server.send(BodyPublishers.ofFile(FILE), Map.of());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().path("total_rows").asInt()).isEqualTo(1_484);
            assertThat(answer.body().path("created").asInt()).isEqualTo(1_480);
            assertThat(answer.body().path("failed").asInt()).isEqualTo(4);
            assertThat(answer.body().path("errors").values().stream().map(JsonNode::toString))
                    .hasSize(4)
                    .isEqualTo(refused);
            assertThat(created(server, head)).isEqualTo(expected);
        }
    }

    private static void judgeByAnotherReader(List<String> expected, List<String> refused) throws IOException {
        long row = 0;
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(FILE)) {
            for (NamedCsvRecord each : records) {
                row++;
                String title = each.getField("title").strip();
                if (title.codePointCount(0, title.length()) > 255) {
                    refused.add("{\"row\":" + row + ",\"errors\":{\"title\":[\"must be at most 255 characters\"]}}");
                } else {
                    String assignee = each.getField("assignee");
                    expected.add(new IssueCreated(
                                    0,
                                    title,
                                    each.getField("description"),
                                    IssueStatus.of(
                                            each.getField("status").isEmpty() ? "open" : each.getField("status")),
                                    assignee.isEmpty() ? null : Long.valueOf(assignee),
                                    1,
                                    named(Stream.of(each.getField("labels").split(";"))
                                            .map(String::strip)
                                            .filter(name -> !name.isEmpty())),
                                    IssuePriority.NONE)
                            .toString());
                }
            }
        }
    }

    private static List<String> created(ImportServer server, long head) {
        return server.eventsAfter(head).stream()
                .map(Message::getPayload)
                .filter(IssueCreated.class::isInstance)
                .map(IssueCreated.class::cast)
                .map(issue -> new IssueCreated(
                        0,
                        issue.title(),
                        issue.description(),
                        issue.status(),
                        issue.assignee(),
                        issue.version(),
                        named(issue.labels().stream().map(Label::name)),
                        issue.priority()))
                .map(IssueCreated::toString)
                .toList();
    }

    /** Without the ids, which the service assigns. */
    private static List<Label> named(Stream<String> names) {
        return names.map(name -> new Label(0, name)).toList();
    }
}
