package dev.recount.command.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.imports.ImportServer.Answer;
import dev.recount.events.EventMetadata;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.eventstore.testing.TestDatabase;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.eventhandling.EventMessage;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class ImportIssuesEndpointTest {

    private static final String HEADER = "title,description,status,assignee\n";

    private static final int LARGEST_FILE = 3 << 20;

    private static TestDatabase database;
    private static ImportServer server;
    private long head;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        server = ImportServer.on(
                database.dataSource(),
                Map.of("recount.web.max-import-size", "3MB", "recount.web.max-json-body", "64KB"));
    }

    @AfterAll
    static void stop() {
        server.close();
        database.close();
    }

    @BeforeEach
    void remember_where_the_log_ends() {
        head = server.log().head();
    }

    @AfterEach
    void no_file_is_left_behind() {
        server.awaitNoFiles();
    }

    @Test
    void every_row_becomes_an_issue() {
        Answer answer = server.send(HEADER
                + " Crash on start ,It crashes.,,\n"
                + "\"Slow, very\",\"Two\r\nlines, and \"\"quotes\"\"\",in_progress,1\n"
                + "Done,,resolved,\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(withoutImportId(answer)).isEqualTo("{\"total_rows\":3,\"created\":3,\"failed\":0,\"errors\":[]}");
        assertThat(answer.headers().get("content-type")).startsWith("application/json");
        assertThat(answer.position()).hasValue(head + 5);
        List<IssueCreated> created = created();
        long first = created.getFirst().issueId();
        assertThat(created)
                .isEqualTo(List.of(
                        new IssueCreated(first, "Crash on start", "It crashes.", IssueStatus.OPEN, null, 1),
                        new IssueCreated(
                                first + 1,
                                "Slow, very",
                                "Two\r\nlines, and \"quotes\"",
                                IssueStatus.IN_PROGRESS,
                                1L,
                                1),
                        new IssueCreated(first + 2, "Done", "", IssueStatus.RESOLVED, null, 1)));
    }

    @Test
    void every_event_names_its_import_and_row_the_request_and_who_acts() {
        Answer answer = server.send(
                BodyPublishers.ofString(HEADER + "One,,,\n ,,,\n\nThree,,,\n"),
                Map.of("X-User-Id", "1", "X-Request-Id", "some-request"));

        String importId = answer.headers().get("import-id");
        assertThat(server.eventsAfter(head).stream()
                        .map(EventMessage::getMetaData)
                        .map(Map::copyOf))
                .isEqualTo(List.of(
                        Map.of(
                                EventMetadata.ACTOR, "1",
                                EventMetadata.REQUEST_ID, "some-request",
                                EventMetadata.CAUSATION, "import " + importId + " row 1"),
                        Map.of(
                                EventMetadata.ACTOR, "1",
                                EventMetadata.REQUEST_ID, "some-request",
                                EventMetadata.CAUSATION, "import " + importId + " row 3")));
    }

    @Test
    void a_row_that_breaks_a_rule_is_told_with_its_number_and_keeps_no_other_from_being_created() {
        Answer answer = server.send(HEADER
                + " \t,,,\n"
                + "Fine,,,\n"
                + "x".repeat(256) + ",,,\n"
                + "\n"
                + "Bad status,,done,\n"
                + "Bad assignee,,,ada\n"
                + "Unknown,,,4711\n"
                + "Half a user,,,1.0\n"
                + "Huge,,,99999999999999999999\n"
                + "N\u0000L,\u0000,Open,-1\n"
                + "Fine too,,closed,1\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(withoutImportId(answer)).isEqualTo("""
            {"total_rows":10,"created":2,"failed":8,"errors":[\
            {"row":1,"errors":{"title":["must not be blank"]}},\
            {"row":3,"errors":{"title":["must be at most 255 characters"]}},\
            {"row":4,"errors":{"status":["must be one of open, in_progress, resolved, closed"]}},\
            {"row":5,"errors":{"assignee":["must be an integer"]}},\
            {"row":6,"errors":{"assignee":["is no user: 4711"]}},\
            {"row":7,"errors":{"assignee":["must be an integer"]}},\
            {"row":8,"errors":{"assignee":["must fit into 64 bits"]}},\
            {"row":9,"errors":{"assignee":["is no user: -1"],\
            "description":["must not contain the character U+0000"],\
            "status":["must be one of open, in_progress, resolved, closed"],\
            "title":["must not contain the character U+0000"]}}]}\
            """);
        assertThat(created().stream().map(IssueCreated::title)).isEqualTo(List.of("Fine", "Fine too"));
    }

    @Test
    void status_and_assignee_may_have_white_space_around_them_and_the_description_keeps_its_own() {
        server.send("title, description, status, assignee\nA, b , closed , 1 \nC,, \t , \n");

        assertThat(created().stream().map(ImportIssuesEndpointTest::withoutId))
                .isEqualTo(List.of("A| b |CLOSED|1", "C||OPEN|null"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFFtitle,description,status,assignee\nA,b,closed,1\n",
                "title,description,status,assignee\r\nA,b,closed,1\r\n",
                "title,description,status,assignee\rA,b,closed,1",
                "assignee,status,description,title\n1,closed,b,A\n",
                "tags,title,x,description,,status,assignee\nbug,A,\"1,2\",b,,closed,1\n",
                "\"title\",\"description\",\"status\",\"assignee\"\n\"A\",\"b\",\"closed\",\"1\"",
                "\n\n title ,description,status\t,assignee\n\n\nA,b,closed,1\n\n",
                "title,description,status,assignee\nA,b,closed,1,, ,\n",
                "Title,Description,Status,Assignee\nA,b,closed,1\n",
                "\uFEFF\u0085TITLE ,\u00a0description, Status\t,ASSIGNEE\nA,b,closed,1\n",
                "title,description,status,assignee\n,,,\nA,b,closed,1\n,,,,,,\n,\n\"\",,\"\"\n",
                "title,description,status,assignee,Labels\nA,b,closed,1,;\n",
                "title,description,status,assignee,labels\nA,b,closed,1, ; ;;\n"
            })
    void these_all_say_the_same(String csv) {
        Answer answer = server.send(csv);

        assertThat(withoutImportId(answer)).isEqualTo("{\"total_rows\":1,\"created\":1,\"failed\":0,\"errors\":[]}");
        assertThat(created().stream().map(ImportIssuesEndpointTest::withoutId)).isEqualTo(List.of("A|b|CLOSED|1"));
    }

    @Test
    void cells_that_a_row_lacks_at_its_end_are_blank() {
        Answer answer = server.send("status,title,assignee,description\nclosed,A\nclosed\n");

        assertThat(withoutImportId(answer))
                .isEqualTo("{\"total_rows\":2,\"created\":1,\"failed\":1,"
                        + "\"errors\":[{\"row\":2,\"errors\":{\"title\":[\"must not be blank\"]}}]}");
        assertThat(created().stream().map(ImportIssuesEndpointTest::withoutId)).isEqualTo(List.of("A||CLOSED|null"));
    }

    @Test
    void a_row_with_text_beyond_the_header_is_refused() {
        Answer answer = server.send(HEADER + "Slow, very slow, on Mondays,open,1\n");

        assertThat(answer.body().at("/errors/0/errors/row/0").asString())
                .isEqualTo("has text beyond the last column of the header");
        assertThat(created()).isEmpty();
    }

    @Test
    void a_header_alone_is_an_import_of_nothing() {
        Answer answer = server.send(HEADER);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(withoutImportId(answer)).isEqualTo("{\"total_rows\":0,\"created\":0,\"failed\":0,\"errors\":[]}");
        assertThat(created()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n\r\n",
                "\uFEFF",
                "title;description;status;assignee\nA;b;closed;1\n",
                "title,description,status\nA,b,closed\n",
                "title,title,description,status,assignee\nA,B,b,closed,1\n",
                "A,b,closed,1\n"
            })
    void a_file_without_the_header_is_refused(String csv) {
        assertThatRefused(server.send(csv), 400, "validation-failed");
        assertThat(server.send(csv).body().at("/errors/file/0").asString()).contains("header");
    }

    @Test
    void a_file_that_is_not_utf_8_is_refused_whole() {
        assertThatRefused(
                server.send((HEADER + "A,,,\n".repeat(5_000) + "\u00e4,,,\n").getBytes(StandardCharsets.ISO_8859_1)),
                400,
                "malformed-csv");
        assertThatRefused(server.send(HEADER.getBytes(StandardCharsets.UTF_16)), 400, "malformed-csv");
        assertThatRefused(server.send(HEADER.getBytes(StandardCharsets.UTF_16LE)), 400, "validation-failed");
    }

    @Test
    void a_file_with_an_open_quote_is_refused_whole() {
        Answer answer = server.send(HEADER + "A,,,\n".repeat(5_000) + "B,\"open,,\nC,,,\n");

        assertThatRefused(answer, 400, "malformed-csv");
        assertThat(answer.body().path("detail").asString())
                .isEqualTo("A quote is opened and never closed (line 5002).");
    }

    @Test
    void a_file_with_text_behind_a_closing_quote_is_refused_whole() {
        assertThatRefused(server.send(HEADER + "A,,,\n\"B\"x,,,\n"), 400, "malformed-csv");
    }

    @Test
    void a_description_longer_than_any_that_json_could_bring_is_refused_with_its_row() {
        String longest = "\ud83d\ude00".repeat(65_536);
        Answer answer =
                server.send(HEADER + "A," + longest + ",,\nB," + longest + "x,,\nC," + "x".repeat(70_000) + ",,\n");

        String message = "{\"description\":[\"must be at most 65536 characters\"]}";
        assertThat(withoutImportId(answer))
                .isEqualTo("{\"total_rows\":3,\"created\":1,\"failed\":2,\"errors\":[{\"row\":2,\"errors\":" + message
                        + "},{\"row\":3,\"errors\":" + message + "}]}");
        assertThat(created().getFirst().description()).isEqualTo(longest);
    }

    @Test
    void without_a_file_there_is_nothing_to_import() {
        BodyPublisher content = BodyPublishers.ofString(HEADER + "A,,,\n");
        for (BodyPublisher parts : List.of(
                BodyPublishers.noBody(),
                ImportServer.part("issues", "issues.csv", content),
                ImportServer.part("file", null, content),
                ImportServer.part("FILE", "issues.csv", content))) {
            assertThatRefused(server.sendParts(parts, Map.of()), 400, "validation-failed");
        }
        Answer answer = server.sendParts(ImportServer.part("other", "issues.csv", content), Map.of());
        assertThat(answer.body().at("/errors/file/0").asString()).startsWith("is required");
    }

    @Test
    void the_name_of_the_file_must_end_in_csv() {
        BodyPublisher content = BodyPublishers.ofString(HEADER + "A,,,\n");
        for (String name : new String[] {"issues.txt", "issues", "csv", "issues.csv.gz", ""}) {
            assertThatRefused(
                    server.sendParts(ImportServer.part("file", name, content), Map.of()), 400, "validation-failed");
        }
        for (String name : new String[] {"ISSUES.CSV", ".csv", "\u00e4 b.Csv"}) {
            assertThat(server.sendParts(ImportServer.part("file", name, content), Map.of())
                            .status())
                    .isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\u00e4", "\u4e2d", "\ud83d\ude00"})
    void the_name_of_the_file_may_have_255_characters_of_any_script(String character) {
        BodyPublisher content = BodyPublishers.ofString(HEADER + "A,,,\n");
        String name = character.repeat(251) + ".csv";
        assertThat(server.sendParts(ImportServer.part("file", name, content), Map.of())
                        .status())
                .isEqualTo(200);
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8);
        assertThat(server.sendParts(
                                ImportServer.part("file", "x\"; filename*=UTF-8''" + encoded + "; x=\"", content),
                                Map.of())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void what_of_an_upload_is_too_large_is_said_with_its_limit() {
        BodyPublisher content = BodyPublishers.ofString(HEADER + "A,,,\n");
        Answer head = server.sendParts(ImportServer.part("file", "x".repeat(8_200) + ".csv", content), Map.of());
        assertThatRefused(head, 413, "body-too-large");
        assertThat(head.body().path("detail").asString())
                .isEqualTo("The head of a part may hold at most 8192 bytes, its name and that of its file included.");

        Answer file = server.send("x".repeat(LARGEST_FILE + 1));
        assertThatRefused(file, 413, "body-too-large");
        assertThat(file.body().path("detail").asString())
                .isEqualTo("A file may hold at most " + LARGEST_FILE + " bytes.");

        BodyPublisher part = ImportServer.part("other", null, content);
        BodyPublisher many = part;
        for (int i = 0; i < 60; i++) {
            many = BodyPublishers.concat(many, part);
        }
        Answer parts = server.sendParts(many, Map.of());
        assertThatRefused(parts, 413, "body-too-large");
        assertThat(parts.body().path("detail").asString()).isEqualTo("A body may have at most 50 parts.");
    }

    @Test
    void two_files_are_one_too_many() {
        BodyPublisher file = ImportServer.part("file", "issues.csv", BodyPublishers.ofString(HEADER + "A,,,\n"));
        assertThatRefused(server.sendParts(BodyPublishers.concat(file, file), Map.of()), 400, "validation-failed");
    }

    @Test
    void other_parts_are_passed_by() {
        Answer answer = server.sendParts(
                BodyPublishers.concat(
                        ImportServer.part("comment", null, BodyPublishers.ofString("for Monday")),
                        ImportServer.part("file", "issues.csv", BodyPublishers.ofString(HEADER + "A,,,\n"))),
                Map.of());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(created()).hasSize(1);
    }

    @Test
    void a_body_of_another_kind_is_refused() {
        for (String type : new String[] {"text/csv", "application/json", "multipart/mixed; boundary=x"}) {
            assertThatRefused(
                    server.post(BodyPublishers.ofString(HEADER + "A,,,\n"), Map.of("Content-Type", type)),
                    415,
                    "unsupported-media-type");
        }
    }

    @Test
    void a_multipart_body_that_is_unsound_is_refused() {
        BodyPublisher broken = BodyPublishers.ofString("--x\r\nContent-Disposition: form-data; name=\"file\"");
        assertThatRefused(server.post(broken, Map.of("Content-Type", "multipart/form-data")), 400, "bad-request");
        assertThatRefused(
                server.post(broken, Map.of("Content-Type", "multipart/form-data; boundary=x")), 400, "bad-request");
        BodyPublisher cut = BodyPublishers.ofString(
                "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + HEADER + "A,,,\n");
        assertThatRefused(
                server.post(cut, Map.of("Content-Type", "multipart/form-data; boundary=x")), 400, "bad-request");
    }

    @Test
    void a_file_larger_than_allowed_is_refused_with_and_without_a_length() {
        byte[] large = (HEADER + "A,,,\n".repeat(900_000)).getBytes(StandardCharsets.UTF_8);
        assertThatRefused(server.send(large), 413, "body-too-large");
        List<byte[]> pieces = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            pieces.add("A,,,\n".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        }
        assertThatRefused(server.send(BodyPublishers.ofByteArrays(pieces), Map.of()), 413, "body-too-large");
    }

    @Test
    void who_accepts_no_json_is_turned_away_before_anything_is_created() {
        assertThatRefused(
                server.send(BodyPublishers.ofString(HEADER + "A,,,\n"), Map.of("Accept", "image/png")),
                406,
                "not-acceptable");
    }

    @Test
    void an_unknown_acting_user_is_turned_away_before_anything_is_created() {
        assertThatRefused(
                server.send(BodyPublishers.ofString(HEADER + "A,,,\n"), Map.of("X-User-Id", "4711")),
                400,
                "unknown-user");
    }

    @Test
    void a_client_that_goes_away_in_the_middle_leaves_nothing_behind() throws Exception {
        try (Socket socket = new Socket("127.0.0.1", server.uri("/").getPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(("POST /issues/import HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2000000\r\n"
                            + "Content-Type: multipart/form-data; boundary=x\r\n\r\n--x\r\n"
                            + "Content-Disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\n" + HEADER
                            + "A,,,\n".repeat(100_000))
                    .getBytes(StandardCharsets.UTF_8));
            out.flush();
            server.awaitFiles();
        }
        server.awaitNoFiles();
        assertThatNothingHappened();
    }

    private void assertThatRefused(Answer answer, int status, String code) {
        assertThat(answer.headers().get("content-type")).isEqualTo("application/problem+json");
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.status()).isEqualTo(status);
        assertThatNothingHappened();
    }

    private void assertThatNothingHappened() {
        assertThat(server.log().head()).isEqualTo(head);
    }

    private List<IssueCreated> created() {
        return server.eventsAfter(head).stream()
                .map(message -> (IssueCreated) message.getPayload())
                .toList();
    }

    @Test
    void labels_are_part_of_the_creation_and_new_ones_come_before_it_in_the_same_append() {
        Answer answer = server.send("title,description,status,assignee,labels\n"
                + "A,,,, night ;fresh; night\n"
                + "B,,,,\n"
                + "C,,,,\"fresh;say \"\"hi\"\", she; said\"\n"
                + "D,,,,night\n");

        assertThat(withoutImportId(answer)).isEqualTo("{\"total_rows\":4,\"created\":4,\"failed\":0,\"errors\":[]}");
        List<Object> events = payloads();
        assertThat(answer.position()).hasValue(head + events.size() + 2);
        List<Label> labels = events.subList(0, 4).stream()
                .map(LabelCreated.class::cast)
                .map(created -> new Label(created.labelId(), created.name()))
                .toList();
        assertThat(labels).extracting(Label::name).containsExactly("night", "fresh", "say \"hi\", she", "said");
        assertThat(events.subList(4, 8).stream()
                        .map(IssueCreated.class::cast)
                        .map(issue -> issue.title() + " "
                                + issue.labels().stream().map(labels::indexOf).toList()))
                .containsExactly("A [0, 1]", "B []", "C [1, 2, 3]", "D [0]");

        head = server.log().head();
        server.send("labels,title,description,status,assignee\nfresh;night,E,,,\n");
        assertThat(payloads())
                .singleElement()
                .isInstanceOfSatisfying(
                        IssueCreated.class,
                        issue -> assertThat(issue.labels()).containsExactly(labels.get(1), labels.get(0)));
    }

    @Test
    void a_new_label_names_the_first_row_that_has_it() {
        Answer answer = server.send(
                BodyPublishers.ofString("title,description,status,assignee,labels\nA,,,,\nB,,,,cause\nC,,,,cause\n"),
                Map.of("X-User-Id", "1"));

        EventMessage<?> first = server.eventsAfter(head).getFirst();
        assertThat(first.getPayload()).isInstanceOf(LabelCreated.class);
        assertThat(first.getMetaData().get(EventMetadata.ACTOR)).isEqualTo("1");
        assertThat(first.getMetaData().get(EventMetadata.CAUSATION))
                .isEqualTo("import " + answer.headers().get("import-id") + " row 2");
    }

    @Test
    void a_bad_label_is_told_with_its_row_and_creates_no_label() {
        Answer answer = server.send("title,description,status,assignee,labels\n"
                + "A,,,,one;\u200b;two; \n"
                + "B,,,," + "x".repeat(51) + ";N\u0000L;fine\n"
                + " ,,,,;\n"
                + "C,,,," + "\ud83d\ude00".repeat(50) + "\n"
                + "D,,,,a" + ";a".repeat(1_000) + "\n"
                + "E,,,," + "x".repeat(70_000) + "\n");

        assertThat(withoutImportId(answer)).isEqualTo("""
            {"total_rows":6,"created":1,"failed":5,"errors":[\
            {"row":1,"errors":{"labels":["name 2 must not be blank"]}},\
            {"row":2,"errors":{"labels":["name 1 must be at most 50 characters",\
            "name 2 must not contain the character U+0000"]}},\
            {"row":3,"errors":{"title":["must not be blank"]}},\
            {"row":5,"errors":{"labels":["must be at most 1000 names"]}},\
            {"row":6,"errors":{"labels":["must be at most 65536 characters"]}}]}\
            """);
        assertThat(payloads()).hasSize(2);
    }

    @Test
    void nothing_between_two_semicolons_or_behind_the_last_is_no_label() {
        Answer answer = server.send("title,description,status,assignee,labels\nA,,,,;gap one;; gap two ;gap one;\n");

        assertThat(withoutImportId(answer)).isEqualTo("{\"total_rows\":1,\"created\":1,\"failed\":0,\"errors\":[]}");
        assertThat(payloads().stream()
                        .filter(LabelCreated.class::isInstance)
                        .map(LabelCreated.class::cast)
                        .map(LabelCreated::name))
                .containsExactly("gap one", "gap two");
    }

    @Test
    void rows_of_delimiters_only_take_no_number() {
        Answer answer = server.send(HEADER + ",,,\nA,,,\n,,,\n\n,,done,\n\"\",\"\",\"\",\"\"\nB,,,\n,,,");

        assertThat(withoutImportId(answer))
                .isEqualTo("{\"total_rows\":3,\"created\":2,\"failed\":1,\"errors\":[{\"row\":2,\"errors\":"
                        + "{\"status\":[\"must be one of open, in_progress, resolved, closed\"],"
                        + "\"title\":[\"must not be blank\"]}}]}");
    }

    @Test
    void the_column_of_labels_may_not_come_twice() {
        assertThatRefused(
                server.send("title,labels,description,status,assignee,labels\nA,a,,,,b\n"), 400, "validation-failed");
    }

    private List<Object> payloads() {
        return server.eventsAfter(head).stream()
                .<Object>map(EventMessage::getPayload)
                .toList();
    }

    /** The fields that clients have always relied on. The id is also in the header. */
    private static String withoutImportId(Answer answer) {
        assertThat(answer.body().path("import_id").asString())
                .isEqualTo(answer.headers().get("import-id"));
        return ((ObjectNode) answer.body()).without("import_id").toString();
    }

    private static String withoutId(IssueCreated issue) {
        return issue.title() + "|" + issue.description() + "|" + issue.status() + "|" + issue.assignee();
    }
}
