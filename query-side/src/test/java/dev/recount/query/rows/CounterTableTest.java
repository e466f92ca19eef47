package dev.recount.query.rows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.eventstore.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class CounterTableTest {

    private record Key(String scope, LocalDate day) {}

    private static final CounterTable<Key> TABLE = CounterTable.of("counted", Key.class, "times", "total");

    private static final Key MONDAY = new Key("all", LocalDate.of(2026, 1, 5));
    private static final Key TUESDAY = new Key("all", LocalDate.of(2026, 1, 6));

    private TestDatabase database;
    private Connection connection;

    @BeforeEach
    void start() throws SQLException {
        database = TestDatabase.fresh();
        connection = database.dataSource().getConnection();
        sql().sql("""
            CREATE TABLE counted (
                scope text COLLATE "C", day date, times bigint CHECK (times >= 0), total numeric,
                PRIMARY KEY (scope, day))
            """).update();
    }

    @AfterEach
    void stop() throws SQLException {
        connection.close();
        database.close();
    }

    private JdbcClient sql() {
        return JdbcClient.create(database.dataSource());
    }

    private List<String> rows() {
        return sql().sql("SELECT t::text FROM counted t ORDER BY 1")
                .query(String.class)
                .list();
    }

    private void add(Key key, long... amounts) throws SQLException {
        var counters = new Counters();
        counters.add(TABLE, key, amounts);
        counters.write(connection);
    }

    @Test
    void differences_are_added_up_within_a_batch_and_over_batches() throws SQLException {
        var counters = new Counters();
        counters.add(TABLE, MONDAY, 1, 10);
        counters.add(TABLE, TUESDAY, 1, 5);
        counters.add(TABLE, MONDAY, 2, -3);
        counters.write(connection);
        assertThat(rows()).containsExactly("(all,2026-01-05,3,7)", "(all,2026-01-06,1,5)");
        add(MONDAY, -1, 1);
        assertThat(rows()).containsExactly("(all,2026-01-05,2,8)", "(all,2026-01-06,1,5)");
    }

    @Test
    void a_row_goes_when_all_its_counters_come_to_zero() throws SQLException {
        add(MONDAY, 2, 7);
        add(MONDAY, -2, 0);
        assertThat(rows()).containsExactly("(all,2026-01-05,0,7)");
        add(MONDAY, 0, -7);
        assertThat(rows()).isEmpty();
    }

    @Test
    void what_cancels_out_within_a_batch_leaves_no_trace() throws SQLException {
        var counters = new Counters();
        counters.add(TABLE, MONDAY, 1, 5);
        counters.add(TABLE, MONDAY, -1, -5);
        counters.write(connection);
        assertThat(rows()).isEmpty();
    }

    @Test
    void sums_outgrow_a_long() throws SQLException {
        var counters = new Counters();
        for (var time = 0; time < 3; time++) {
            counters.add(TABLE, MONDAY, 1, Long.MAX_VALUE);
        }
        counters.add(TABLE, TUESDAY, 1, Long.MAX_VALUE);
        counters.add(TABLE, TUESDAY, 1, Long.MAX_VALUE);
        counters.add(TABLE, TUESDAY, -1, -Long.MAX_VALUE);
        counters.add(TABLE, TUESDAY, -1, -Long.MAX_VALUE);
        counters.write(connection);
        assertThat(rows()).containsExactly("(all,2026-01-05,3,27670116110564327421)");
    }

    @Test
    void a_counter_that_would_become_negative_is_refused_by_its_table() {
        assertThatThrownBy(() -> add(MONDAY, -1, 0)).isInstanceOf(SQLException.class);
    }

    @Test
    void each_counter_wants_an_amount() {
        assertThatThrownBy(() -> new Counters().add(TABLE, MONDAY, 1)).hasMessageContaining("2 counters, not 1");
    }
}
