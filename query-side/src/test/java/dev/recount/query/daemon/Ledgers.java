package dev.recount.query.daemon;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Several projections, each of which notes in a table of its own what it is handed, by whom, and in which transaction. */
final class Ledgers {

    static final int COUNT = 6;

    /** An event on this issue ends the process of {@link Halting} in the middle of a batch. */
    static final long LAST_STRAW = 666_666;

    private Ledgers() {}

    static void createTables(JdbcClient sql) {
        numbers().forEach(number -> sql.sql("""
            CREATE TABLE ledger_%d (position bigint PRIMARY KEY, node text NOT NULL, xid xid8 NOT NULL)
            """.formatted(number)).update());
    }

    static List<String> names() {
        return numbers().stream().map(number -> "ledger-" + number).toList();
    }

    static List<Integer> numbers() {
        return IntStream.rangeClosed(1, COUNT).boxed().toList();
    }

    static List<Long> positions(JdbcClient sql, int number) {
        return sql.sql("SELECT position FROM ledger_%d ORDER BY position".formatted(number))
                .query(Long.class)
                .list();
    }

    private record Ledger(int number, Predicate<LoggedEvent> end) implements Projection {

        @Override
        public String name() {
            return "ledger-" + number;
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public List<String> tables() {
            return List.of("ledger_" + number);
        }

        @Override
        public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
            try (var insert = connection.prepareStatement(
                    "INSERT INTO ledger_%d VALUES (?, ?, pg_current_xact_id())".formatted(number))) {
                for (var logged : batch) {
                    insert.setLong(1, logged.position());
                    insert.setString(2, NodeName.here());
                    insert.addBatch();
                    if (end.test(logged)) {
                        insert.executeBatch();
                        Runtime.getRuntime().halt(9);
                    }
                }
                insert.executeBatch();
            }
        }
    }

    /** All of them, as beans of a node; no configuration, or it would be found by every server of the tests. */
    static class Lasting {

        boolean ends(LoggedEvent logged) {
            return false;
        }

        @Bean
        Projection ledger1() {
            return new Ledger(1, this::ends);
        }

        @Bean
        Projection ledger2() {
            return new Ledger(2, this::ends);
        }

        @Bean
        Projection ledger3() {
            return new Ledger(3, this::ends);
        }

        @Bean
        Projection ledger4() {
            return new Ledger(4, this::ends);
        }

        @Bean
        Projection ledger5() {
            return new Ledger(5, this::ends);
        }

        @Bean
        Projection ledger6() {
            return new Ledger(6, this::ends);
        }
    }

    /** The same in a process that ends when the second of them has written the {@link #LAST_STRAW}. */
    static class Halting extends Lasting {

        private final AtomicInteger straws = new AtomicInteger();

        @Override
        boolean ends(LoggedEvent logged) {
            return logged.event() instanceof IssueTouched touched
                    && touched.issueId() == LAST_STRAW
                    && straws.incrementAndGet() == 2;
        }
    }
}
