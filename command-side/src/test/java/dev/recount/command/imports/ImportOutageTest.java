package dev.recount.command.imports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.command.imports.BreakingDataSource.Break;
import dev.recount.command.imports.ImportServer.Answer;
import dev.recount.events.EventMetadata;
import dev.recount.eventstore.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Takes the database away while a file is being imported. */
class ImportOutageTest {

    /** Each third row is refused, so a batch of 1,000 issues takes 1,500 rows. */
    private static final String FILE = "title,description,status,assignee\n" + "A,,,\nB,,,\n ,,,\n".repeat(2_000);

    private static TestDatabase database;
    private static BreakingDataSource breaking;
    private static ImportServer server;
    private long head;

    @BeforeAll
    static void start() {
        database = TestDatabase.fresh();
        breaking = new BreakingDataSource(database.dataSource());
        server = ImportServer.on(breaking, Map.of());
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
    void mend() {
        breaking.mend();
        server.awaitNoFiles();
    }

    @Test
    void the_answer_tells_how_far_the_import_came_and_that_is_where_it_is() {
        breaking.breakAtAppend(3, Break.BEFORE_THE_APPEND);
        Answer answer = server.send(FILE);
        breaking.mend();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("outcome-unknown");
        assertThat(answer.headers()).containsKey("retry-after");
        // The next batch was being filled at the same time.
        assertThat(answer.body().path("total_rows_read").asLong()).isEqualTo(5_999);
        assertThat(answer.body().path("created").asLong()).isEqualTo(2_000);
        assertThat(answer.body().path("last_row").asLong()).isEqualTo(3_000);
        assertThat(answer.body().path("unconfirmed_until_row").asLong()).isEqualTo(4_499);
        assertThat(importedRows(answer)).isEqualTo(goodRows(2_999));
    }

    @Test
    void an_append_whose_answer_is_lost_is_in_the_log_whole_and_the_answer_names_it_as_unconfirmed() {
        breaking.breakAtAppend(2, Break.AFTER_THE_APPEND);
        Answer answer = server.send(FILE);
        breaking.mend();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body().path("created").asLong()).isEqualTo(1_000);
        assertThat(answer.body().path("last_row").asLong()).isEqualTo(1_500);
        assertThat(answer.body().path("unconfirmed_until_row").asLong()).isEqualTo(2_999);
        assertThat(importedRows(answer)).isEqualTo(goodRows(2_999));
    }

    @Test
    void a_database_that_is_gone_from_the_start_is_a_503_too() {
        breaking.breakAtAppend(1, Break.BEFORE_THE_APPEND);
        Answer answer = server.send(FILE);
        Answer whileGone = server.send(FILE);
        breaking.mend();

        assertThat(answer.body().path("created").asLong()).isZero();
        assertThat(answer.body().path("last_row").asLong()).isZero();
        assertThat(whileGone.status()).isEqualTo(503);
        assertThat(server.log().head()).isEqualTo(head);
    }

    @Test
    void what_was_not_imported_can_be_sent_when_the_database_is_back() {
        breaking.breakAtAppend(2, Break.BEFORE_THE_APPEND);
        server.send(FILE);
        breaking.mend();

        assertThat(server.send(FILE).body().path("created").asLong()).isEqualTo(4_000);
        assertThat(server.eventsAfter(head)).hasSize(5_000);
    }

    private static List<Long> goodRows(long last) {
        return LongStream.rangeClosed(1, last)
                .filter(row -> row % 3 != 0)
                .boxed()
                .toList();
    }

    private List<Long> importedRows(Answer answer) {
        String cause = "import " + answer.body().path("import_id").asString() + " row ";
        return server.eventsAfter(head).stream()
                .map(message -> (String) message.getMetaData().get(EventMetadata.CAUSATION))
                .map(causation -> {
                    assertThat(causation).startsWith(cause);
                    return Long.parseLong(causation.substring(cause.length()));
                })
                .collect(Collectors.toList());
    }
}
