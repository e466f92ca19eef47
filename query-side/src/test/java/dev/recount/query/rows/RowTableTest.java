package dev.recount.query.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.eventstore.testing.TestDatabase;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowTableTest {

    private record Sample(
            long sampleId,
            Long bigNumber,
            int smallNumber,
            boolean flag,
            String text,
            IssueStatus status,
            IssuePriority priority,
            Instant happenedAt,
            LocalDate day,
            BigDecimal amount,
            List<String> names) {}

    private record Remark(long issueId, int number, JsonText details) {}

    private static final RowTable<Sample> SAMPLES = RowTable.of("sample", Sample.class, 1);
    private static final RowTable<Remark> REMARKS = RowTable.of("remark", Remark.class, 2);

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void start() throws SQLException {
        database = TestDatabase.fresh();
        connection = database.dataSource().getConnection();
        try (var statement = connection.createStatement()) {
            statement.execute("""
                CREATE TABLE sample (
                    amount numeric, day date, happened_at timestamptz, status text, priority text, text text, flag boolean NOT NULL,
                    small_number int NOT NULL, big_number bigint, names text[], sample_id bigint PRIMARY KEY);
                CREATE TABLE remark (issue_id bigint, number int, details jsonb, PRIMARY KEY (issue_id, number))
                """);
        }
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        database.close();
    }

    private static Sample sample(long id) {
        return new Sample(
                id,
                Long.MIN_VALUE + id,
                (int) -id,
                id % 2 == 0,
                "tab\t, \"quote\" {brace} \\N back\\slash\r\nü 🦋 '" + id,
                IssueStatus.values()[(int) (id % 4)],
                IssuePriority.values()[(int) (id % 5)],
                Instant.parse("0001-01-01T00:00:00.000001Z").plusSeconds(id * 86_400 * 365),
                LocalDate.of(2024, 2, 29).plusDays(id),
                new BigDecimal("12345678901234567890.000001").add(BigDecimal.valueOf(id)),
                List.of("", "a,b", "\"x\" \\ {y}", "NULL", "tab\t" + id));
    }

    private static Sample empty(long id) {
        return new Sample(id, null, 0, false, null, null, null, null, null, null, null);
    }

    /** From a thousand rows on they travel by COPY. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 999, 1_000, 1_500})
    void what_is_inserted_is_read_as_it_was(long count) throws SQLException {
        var rows = LongStream.rangeClosed(1, count)
                .mapToObj(id -> id % 3 == 0 ? empty(id) : sample(id))
                .toList();
        SAMPLES.insert(connection, rows);
        var ids = LongStream.rangeClosed(0, count + 1).boxed().toList();
        assertThat(SAMPLES.read(connection, ids).values()).containsExactlyInAnyOrderElementsOf(rows);
    }

    @Test
    void an_upsert_adds_rows_and_replaces_them_whole() throws SQLException {
        SAMPLES.insert(connection, List.of(sample(1), sample(2)));
        SAMPLES.upsert(connection, List.of(empty(2), sample(3)));
        assertThat(SAMPLES.read(connection, List.of(1L, 2L, 3L)))
                .isEqualTo(Map.of(1L, sample(1), 2L, empty(2), 3L, sample(3)));
    }

    @Test
    void a_row_that_is_there_is_not_inserted_again() throws SQLException {
        SAMPLES.insert(connection, List.of(sample(1)));
        assertThat(SAMPLES.insertAbsent(connection, List.of(empty(1), sample(2))))
                .isEqualTo(1);
        assertThat(SAMPLES.read(connection, List.of(1L, 2L))).isEqualTo(Map.of(1L, sample(1), 2L, sample(2)));
        assertThatThrownBy(() -> SAMPLES.insert(connection, List.of(sample(2)))).hasMessageContaining("duplicate key");
    }

    @Test
    void a_key_may_be_of_several_columns() throws SQLException {
        REMARKS.upsert(connection, List.of(new Remark(1, 1, new JsonText("{}")), new Remark(1, 2, new JsonText("{}"))));
        REMARKS.upsert(connection, List.of(new Remark(1, 2, new JsonText("{\"a\": \"b\\\\c\"}"))));
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("SELECT string_agg(details ->> 'a', ',') FROM remark")) {
            row.next();
            assertThat(row.getString(1)).isEqualTo("b\\c");
        }
    }

    @Test
    void nothing_is_asked_where_nothing_is_given() throws SQLException {
        connection.close();
        SAMPLES.insert(connection, List.of());
        SAMPLES.upsert(connection, List.of());
        assertThat(SAMPLES.read(connection, List.of())).isEmpty();
    }

    @Test
    void a_component_that_no_column_can_hold_is_refused_at_once() {
        record Odd(long id, StringBuilder text) {}
        assertThatThrownBy(() -> RowTable.of("odd", Odd.class, 1)).hasMessageContaining("StringBuilder");
    }
}
