package dev.recount.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.recount.standalone.RealIssuesLoader.Posted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RealIssuesTest {

    private static final Path FILE = Path.of("../../shared/data/real-issues.csv");

    @Test
    void real_issues_are_created_or_refused_one_by_one_and_read_back_as_they_were_sent() throws IOException {
        assumeTrue(Files.exists(FILE), "the real issues are not beside this repository");
        try (Recount recount = Recount.start()) {
            Client client = recount.client();
            List<Posted> posted = new RealIssuesLoader(client).load(FILE);
            Map<Integer, List<Posted>> byStatus = posted.stream()
                    .collect(Collectors.groupingBy(row -> row.answer().status()));
            assertThat(byStatus).containsOnlyKeys(201, 400);
            assertThat(byStatus.get(201)).hasSize(1_480);
            assertThat(byStatus.get(400)).hasSize(4).allSatisfy(refused -> {
                assertThat(refused.answer().body().path("code").asString()).isEqualTo("validation-failed");
                assertThat(refused.answer().body().path("errors").propertyNames())
                        .containsExactly("title");
            });
            List<JsonNode> listed = listAll(client);
            Collections.reverse(listed);
            assertThat(listed.stream().map(issue -> issue.path("id").asLong()))
                    .containsExactlyElementsOf(byStatus.get(201).stream()
                            .map(row -> row.answer().id())
                            .toList());
            Map<Long, JsonNode> byId = listed.stream()
                    .collect(Collectors.toMap(issue -> issue.path("id").asLong(), Function.identity()));
            for (Posted created : byStatus.get(201)) {
                long id = created.answer().id();
                assertReadsAsSent(created, byId.get(id));
                assertReadsAsSent(
                        created, client.get("/issues/" + id).expect(200).body());
            }
        }
    }

    private static List<JsonNode> listAll(Client client) {
        List<JsonNode> issues = new ArrayList<>();
        for (String page = "/issues?page_size=50"; page != null; ) {
            JsonNode body = client.get(page).expect(200).body();
            assertThat(body.path("count").asInt()).isEqualTo(1_480);
            body.path("results").forEach(issues::add);
            page = body.path("next").isNull() ? null : body.path("next").asString();
        }
        return issues;
    }

    private static void assertReadsAsSent(Posted sent, JsonNode read) {
        assertThat(read.path("title").asString())
                .as("title of row %d", sent.row())
                .isEqualTo(sent.body().get("title").toString().strip());
        assertThat(read.path("description").asString())
                .as("description of row %d", sent.row())
                .isEqualTo(sent.body().get("description"));
        assertThat(read.path("status").asString()).isEqualTo(sent.body().getOrDefault("status", "open"));
        Object assignee = sent.body().get("assignee");
        assertThat(read.path("assignee").isNull() ? null : read.path("assignee").asLong())
                .isEqualTo(assignee);
        assertThat(read.path("version").asInt()).isEqualTo(1);
        assertThat(read.path("created_at")).isEqualTo(sent.answer().body().path("created_at"));
    }
}
