package dev.recount.command.undo.http;

import static dev.recount.command.testing.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.testing.CommandServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Checks that nothing can be done with a withdrawn issue. */
class WithdrawnIssueTest {

    private static final CommandServer SERVER = CommandServer.shared();

    private long id;

    @BeforeEach
    void create() {
        id = SERVER.send("POST", "/issues", "{\"title\": \"Crash\"}")
                .json()
                .path("id")
                .asLong();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        PATCH | /issues/%d          | {"version": 2}
        PATCH | /issues/%d          | {"version": 1}
        PATCH | /issues/%d          | {"title": " "}
        PATCH | /issues/%d          | {
        POST  | /issues/%d/comments | {"body": "Seen.", "author": 1}
        POST  | /issues/%d/comments | {"body": ""}
        PUT   | /issues/%d/labels   | [{"name": "bug"}]
        PUT   | /issues/%d/labels   | []
        PUT   | /issues/%d/labels   | {}
        """)
    void every_change_is_answered_404(String method, String path, String body) {
        SERVER.withdraw(id);
        refused(404, "issue-withdrawn", method, path.formatted(id), body);
    }

    @Test
    void a_batch_with_one_among_its_items_changes_nothing() {
        long other = SERVER.send("POST", "/issues", "{\"title\": \"Crash\"}")
                .json()
                .path("id")
                .asLong();
        SERVER.withdraw(id);
        var items = "[{\"id\": %d, \"status\": \"closed\"}, {\"id\": %d, \"status\": \"closed\"}]";
        var problem = refused(404, "issue-withdrawn", "PUT", "/issues/bulk-status", items.formatted(other, id));
        assertThat(problem.path("items").toString()).isEqualTo("[{\"index\":1,\"id\":%d}]".formatted(id));
        assertThat(problem.path("errors").toString()).isEqualTo("{\"[1].id\":[\"was withdrawn: %d\"]}".formatted(id));
    }
}
