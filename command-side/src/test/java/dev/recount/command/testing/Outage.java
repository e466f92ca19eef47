package dev.recount.command.testing;

import dev.recount.eventstore.testing.TestDatabase;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Takes a database away from its clients and gives it back. */
public final class Outage implements AutoCloseable {

    private final TestDatabase elsewhere = TestDatabase.fresh();
    private final JdbcClient administrator = JdbcClient.create(elsewhere.dataSource());
    private final TestDatabase database;

    public Outage(TestDatabase database) {
        this.database = database;
    }

    public void begin() {
        administrator
                .sql("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS false")
                .update();
        administrator
                .sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
                .param("name", database.name())
                .query(Boolean.class)
                .list();
    }

    public void end() {
        administrator
                .sql("ALTER DATABASE " + database.name() + " ALLOW_CONNECTIONS true")
                .update();
    }

    /** Waits until an append is blocked by another holder of the log's lock. */
    public void awaitHeldAppend() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> administrator
                        .sql("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = :name AND wait_event ="
                                + " 'advisory')")
                        .param("name", database.name())
                        .query(Boolean.class)
                        .single());
    }

    @Override
    public void close() {
        end();
        elsewhere.close();
    }
}
