package dev.recount.standalone.audit;

import dev.recount.eventstore.append.RestoredEvent;
import dev.recount.eventstore.read.LogIdentity;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.verifier.Report;
import dev.recount.verifier.Verification;
import dev.recount.verifier.Witness;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A log as the event store writes it, with superuser access to its database. */
record SealedDatabase(TestDatabase database, EventStoreNode node) implements AutoCloseable {

    static SealedDatabase fresh() {
        var database = TestDatabase.fresh();
        return new SealedDatabase(database, EventStoreNode.on(database.dataSource()));
    }

    JdbcClient sql() {
        return JdbcClient.create(database.dataSource());
    }

    /** Makes changes that the trigger forbids, and waits until the node notices that the log is shorter. */
    void tamper(String... statements) {
        var noticed = new CountDownLatch(1);
        node.context().getBean(LogIdentity.class).onChange(noticed::countDown);
        var before = node.log().head();
        sql().sql("ALTER TABLE event_log DISABLE TRIGGER event_log_is_append_only")
                .update();
        for (var statement : statements) {
            sql().sql(statement).update();
        }
        if (node.log().head() < before) {
            // Notifies as the operators' command does, so that the node checks immediately.
            sql().sql("SELECT pg_notify('recount_event_log', '0')").query().listOfRows();
            Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> noticed.getCount() == 0);
        }
    }

    /** Appends the rows of a table with the log's columns, as if they were new. */
    void restoreFrom(String table) {
        var rows = sql().sql("SELECT * FROM " + table + " ORDER BY position")
                .query((row, _) -> new RestoredEvent(
                        row.getString("stream"),
                        row.getLong("sequence"),
                        row.getObject("event_id", UUID.class),
                        row.getString("type"),
                        row.getInt("revision"),
                        row.getString("payload"),
                        row.getString("metadata"),
                        row.getObject("recorded_at", OffsetDateTime.class).toInstant()))
                .list();
        node.restore(rows.toArray(RestoredEvent[]::new));
    }

    Report verify(Witness... known) throws SQLException, InterruptedException {
        try (var snapshot = LogSnapshot.open(database.dataSource(), "", List.of())) {
            return Verification.of(snapshot.log(), List.of(known), _ -> {});
        }
    }

    /** A checkpoint of the current log, kept outside the database. */
    Witness keep() throws SQLException, InterruptedException {
        var report = verify();
        return new Witness("a drawer", report.events(), report.root(), true);
    }

    @Override
    public void close() {
        node.close();
        database.close();
    }
}
