package dev.recount.query.daemon;

import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Notes every event that it is handed; one handed over twice breaks its key, a missing one shows as a gap. */
public class EventLedger implements Projection {

    public static final String NAME = "event-ledger";

    public static void createTable(JdbcClient sql) {
        sql.sql("CREATE TABLE event_ledger (position bigint PRIMARY KEY, stream text NOT NULL)")
                .update();
    }

    public static List<Long> positions(JdbcClient sql) {
        return sql.sql("SELECT position FROM event_ledger ORDER BY position")
                .query(Long.class)
                .list();
    }

    static List<Long> allUpTo(long position) {
        return LongStream.rangeClosed(1, position).boxed().toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> tables() {
        return List.of("event_ledger");
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        try (var insert = connection.prepareStatement("INSERT INTO event_ledger VALUES (?, ?)")) {
            for (var logged : batch) {
                insert.setLong(1, logged.position());
                insert.setString(2, logged.stream());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
