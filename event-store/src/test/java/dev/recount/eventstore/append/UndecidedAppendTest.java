package dev.recount.eventstore.append;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.database.UnknownOutcomeException;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.SealCheck;
import dev.recount.eventstore.testing.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Interrupted appends: each caller gets a certain outcome, or learns that the outcome is unknown. */
class UndecidedAppendTest {

    private static final int MANY = 300;

    private enum Trouble {
        NONE,
        ERROR_BEFORE_NOTIFY,
        ERROR_BEFORE_COMMIT,
        ERROR_AFTER_COMMIT,
        LOST_AFTER_COMMIT,
        AWAY
    }

    private TestDatabase database;
    private Troubled troubled;
    private EventStoreNode node;
    private JdbcClient sql;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        troubled = new Troubled(database.dataSource());
        node = EventStoreNode.on(troubled);
        sql = JdbcClient.create(database.dataSource());
    }

    @AfterEach
    void stop() {
        troubled.next.set(Trouble.NONE);
        node.close();
        database.close();
    }

    @Test
    void an_error_within_the_transaction_leaves_nothing_of_an_append_that_is_reported_as_failed() {
        troubled.next.set(Trouble.ERROR_BEFORE_NOTIFY);
        assertThatThrownBy(this::appendMany)
                .isInstanceOf(EventStoreException.class)
                .hasRootCauseInstanceOf(OutOfMemoryError.class);
        assertThat(node.log().head()).isZero();
        appendMany();
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(MANY);
    }

    @Test
    void after_an_error_in_the_commit_the_event_ids_decide() {
        troubled.next.set(Trouble.ERROR_BEFORE_COMMIT);
        appendMany();
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(MANY);
    }

    @Test
    void after_an_error_right_after_the_commit_the_event_ids_decide() {
        troubled.next.set(Trouble.ERROR_AFTER_COMMIT);
        appendMany();
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(MANY);
    }

    @Test
    void an_append_whose_commit_was_not_confirmed_is_unknown_while_the_database_is_away() {
        troubled.next.set(Trouble.LOST_AFTER_COMMIT);
        assertThatThrownBy(this::appendMany).isInstanceOf(UnknownOutcomeException.class);
        troubled.next.set(Trouble.NONE);
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(MANY);
    }

    @Test
    void an_append_that_never_reached_the_database_is_not_unknown() {
        troubled.next.set(Trouble.AWAY);
        assertThatThrownBy(this::appendMany)
                .isInstanceOf(LogUnavailableException.class)
                .isNotInstanceOf(UnknownOutcomeException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "55P03", "57014"})
    void what_may_succeed_when_it_is_tried_again_is_tried_again_together(String state) throws Exception {
        refuse(state, "nextval('refusal') <= 3");
        assertThat(appendAtOnce(20)).containsOnly("done");
        assertThat(attempts()).isLessThan(3 + 1 + 20);
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01", "57014"})
    void what_never_succeeds_is_given_up_together(String state) throws Exception {
        refuse(state, "nextval('refusal') > 0");
        assertThat(appendAtOnce(20)).containsOnly("LogUnavailableException");
        assertThat(attempts()).isLessThanOrEqualTo(60);
        assertThat(node.log().head()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"22P02", "23514"})
    void a_value_that_is_refused_fails_the_append_that_has_it_and_no_other(String state) throws Exception {
        refuse(state, "EXISTS (SELECT FROM added WHERE stream = 'issue-13')");
        List<String> outcomes = appendAtOnce(20);
        assertThat(outcomes.remove(13)).isEqualTo("EventStoreException");
        assertThat(outcomes).containsOnly("done");
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(19);
    }

    private void refuse(String state, String condition) {
        sql.sql("CREATE SEQUENCE refusal").update();
        sql.sql("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF %s THEN
                    RAISE EXCEPTION 'refused' USING ERRCODE = '%s';
                END IF;
                RETURN NULL;
            END
            $$\
            """.formatted(condition, state)).update();
        sql.sql("""
            CREATE TRIGGER refusing AFTER INSERT ON event_log
            REFERENCING NEW TABLE AS added
            FOR EACH STATEMENT EXECUTE FUNCTION refuse()\
            """).update();
    }

    private long attempts() {
        return sql.sql("SELECT last_value FROM refusal").query(Long.class).single();
    }

    private void appendMany() {
        Object[] many = new Object[MANY];
        Arrays.setAll(many, i -> new IssueTouched(1, i + 1L));
        node.append("issue-1", 0, many);
    }

    private List<String> appendAtOnce(int count) throws InterruptedException, ExecutionException {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int issue = i;
                outcomes.add(callers.submit(() -> {
                    try {
                        node.append("issue-" + issue, 0, new IssueTouched(issue, 1));
                        return "done";
                    } catch (RuntimeException failure) {
                        return failure.getClass().getSimpleName();
                    }
                }));
            }
            List<String> all = new ArrayList<>();
            for (Future<String> outcome : outcomes) {
                all.add(outcome.get());
            }
            return all;
        }
    }

    /** A database that breaks off once, or is away. */
    private static final class Troubled extends DelegatingDataSource {

        private final AtomicReference<Trouble> next = new AtomicReference<>(Trouble.NONE);

        Troubled(DataSource target) {
            super(target);
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (next.get() == Trouble.AWAY) {
                throw new SQLTransientConnectionException("no connection");
            }
            Connection connection = super.getConnection();
            return (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("prepareStatement")
                                && arguments[0].toString().contains("pg_notify")) {
                            breakOff(Trouble.ERROR_BEFORE_NOTIFY);
                        }
                        if (method.getName().equals("commit")) {
                            commit(connection);
                            return null;
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException failed) {
                            throw failed.getCause();
                        }
                    });
        }

        private void commit(Connection connection) throws SQLException {
            breakOff(Trouble.ERROR_BEFORE_COMMIT);
            connection.commit();
            breakOff(Trouble.ERROR_AFTER_COMMIT);
            if (next.compareAndSet(Trouble.LOST_AFTER_COMMIT, Trouble.AWAY)) {
                throw new SQLException("lost", "08006");
            }
        }

        private void breakOff(Trouble trouble) {
            if (next.compareAndSet(trouble, Trouble.NONE)) {
                throw new OutOfMemoryError("simulated");
            }
        }
    }
}
