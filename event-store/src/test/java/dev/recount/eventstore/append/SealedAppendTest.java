package dev.recount.eventstore.append;

import static dev.recount.eventstore.testing.EventStoreNode.messages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.read.LogTree;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.StoredEvent;
import dev.recount.eventstore.testing.EventStoreNode;
import dev.recount.eventstore.testing.SealCheck;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.eventstore.tree.CanonicalJson;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.messaging.MetaData;
import org.axonframework.modelling.command.ConcurrencyException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

class SealedAppendTest {

    private TestDatabase database;
    private EventStoreNode node;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        node = EventStoreNode.on(database.dataSource());
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    @Test
    void an_empty_log_has_the_empty_tree() {
        assertThat(SealCheck.check(database.dataSource()).size()).isZero();
    }

    @Test
    void every_event_is_sealed_by_the_append_that_writes_it() {
        for (int i = 0; i < 70; i++) {
            node.append("issue-" + i, 0, touched(1), touched(2), touched(3));
            assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(3L * (i + 1));
        }
    }

    @Test
    void what_the_database_makes_of_strange_texts_is_what_was_sealed() {
        RecountSerializer serializer = node.context().getBean(RecountSerializer.class);
        Random random = new Random(20_260_109);
        for (int i = 0; i < 400; i++) {
            GenericDomainEventMessage<?> message = new GenericDomainEventMessage<>(
                    "issue",
                    "issue-" + text(random),
                    i,
                    new IssueRetitled(random.nextLong(), text(random), text(random), random.nextLong()),
                    MetaData.from(Map.of(text(random), text(random), "actor", "3", "\u00e9" + i, "z")));
            node.store().publish(message);
            StoredEvent stored = StoredEvent.of(message, serializer);
            assertThat(stored.payload()).isEqualTo(CanonicalJson.of(stored.payload()));
            assertThat(stored.metadata()).isEqualTo(CanonicalJson.of(stored.metadata()));
        }
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(400);
    }

    @Test
    void a_batch_that_is_copied_is_what_was_sealed_too() {
        Random random = new Random(20_261_123);
        node.append("user-1", 0, touched(1));
        for (int batch = 0; batch < 3; batch++) {
            List<DomainEventMessage<?>> messages = new ArrayList<>();
            for (int i = 0; i < 333; i++) {
                messages.add(new GenericDomainEventMessage<>(
                        "issue",
                        "issue-" + batch + text(random),
                        i,
                        new IssueRetitled(random.nextLong(), text(random), text(random), random.nextLong()),
                        MetaData.with(text(random), text(random))));
            }
            node.store().publish(messages);
            node.append("user-1", batch + 1, touched(batch));
        }
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(1_003);
        assertThat(node.log().readAfter(0, 2_000)).hasSize(1_003);
    }

    @Test
    void a_copied_batch_with_a_conflict_or_a_value_that_cannot_be_stored_is_refused_whole() {
        node.append("issue-1", 0, touched(1));
        List<DomainEventMessage<?>> conflicting = new ArrayList<>(messages("issue-2", 0, many()));
        conflicting.addAll(messages("issue-1", 0, touched(1)));
        assertThatThrownBy(() -> node.store().publish(conflicting)).isInstanceOf(ConcurrencyException.class);
        List<DomainEventMessage<?>> unstorable = new ArrayList<>(messages("issue-2", 0, many()));
        unstorable.addAll(messages("issue-3", 0, new IssueRetitled(3, "a", "b\0", 2)));
        assertThatThrownBy(() -> node.store().publish(unstorable)).isInstanceOf(EventStoreException.class);
        node.append("issue-2", 0, many());
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(1 + many().length);
    }

    private static Object[] many() {
        return LongStream.range(0, 500).mapToObj(SealedAppendTest::touched).toArray();
    }

    /** All that can be stored, the troublesome more often than they are in life. */
    private static String text(Random random) {
        int[] troublesome = {'"', '\\', '/', '\b', '\f', 1, 0x1f, 0x7f, 0x80, 0x2028, 0xfb33, 0xffff, 0x1f600, 0x10ffff
        };
        return random.ints(random.nextInt(12), 0, 4)
                .map(kind -> switch (kind) {
                    case 0 -> troublesome[random.nextInt(troublesome.length)];
                    case 1 -> 1 + random.nextInt(0x1f);
                    case 2 -> ' ' + random.nextInt(0x60);
                    default -> 0xe000 + random.nextInt(0x110000 - 0xe000);
                })
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }

    @Test
    void nodes_that_append_in_turns_go_on_with_one_tree() {
        try (EventStoreNode other = EventStoreNode.on(database.dataSource())) {
            for (int i = 0; i < 40; i++) {
                node.append("issue-" + i, 0, touched(1));
                other.append("user-" + i, 0, touched(1), touched(2));
                other.append("label-" + i, 0, touched(1));
            }
        }
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(160);
    }

    @Test
    void nodes_that_append_at_once_go_on_with_one_tree() throws Exception {
        try (EventStoreNode other = EventStoreNode.on(database.dataSource());
                var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> appends = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                EventStoreNode on = i % 2 == 0 ? node : other;
                String stream = "issue-" + i;
                appends.add(callers.submit(() -> on.append(stream, 0, touched(1))));
            }
            for (Future<?> append : appends) {
                append.get();
            }
        }
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(2_000);
    }

    @Test
    void who_is_alone_with_the_log_appends_with_one_statement() {
        AtomicInteger statements = new AtomicInteger();
        LogWriter writer = new LogWriter(counting(statements));
        List<Integer> counts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            counts.add(statementsOf(() -> write(writer), statements));
        }
        node.append("user-1", 0, touched(1));
        for (int i = 0; i < 3; i++) {
            counts.add(statementsOf(() -> write(writer), statements));
        }
        // The tree is read first; an append after another node's finds that out, and the next makes sure to be alone
        // again.
        assertThat(counts).containsExactly(2, 1, 1, 3, 2, 1);
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(7);
    }

    /** Never done on purpose, but restoring a database from a backup can do it under a running node. */
    @Test
    void a_log_that_was_exchanged_for_another_of_the_same_size_is_noticed() {
        node.append("issue-1", 0, touched(1), touched(2), touched(3));
        JdbcClient sql = JdbcClient.create(database.dataSource());
        sql.sql("ALTER TABLE event_log DISABLE TRIGGER ALL").update();
        sql.sql("DELETE FROM event_log").update();
        sql.sql("ALTER TABLE event_log ENABLE ALWAYS TRIGGER event_log_is_append_only")
                .update();
        try (EventStoreNode other = EventStoreNode.on(database.dataSource())) {
            other.append("issue-2", 0, touched(1), touched(2), touched(3));
        }
        node.append("issue-3", 0, touched(1));
        assertThat(SealCheck.check(database.dataSource()).size()).isEqualTo(4);
    }

    @Test
    void what_is_restored_is_sealed_as_it_was_recorded() {
        node.append("issue-1", 0, touched(1));
        LogTree tree = node.context().getBean(LogTree.class);
        byte[] root = tree.root(1);
        try (TestDatabase elsewhere = TestDatabase.fresh();
                EventStoreNode copy = EventStoreNode.on(elsewhere.dataSource())) {
            JdbcClient.create(database.dataSource())
                    .sql("SELECT * FROM event_log")
                    .query((row, _) -> new RestoredEvent(
                            row.getString("stream"),
                            row.getLong("sequence"),
                            row.getObject("event_id", UUID.class),
                            row.getString("type"),
                            row.getInt("revision"),
                            "\n " + row.getString("payload"),
                            row.getString("metadata"),
                            row.getObject("recorded_at", OffsetDateTime.class).toInstant()))
                    .list()
                    .forEach(copy::restore);
            assertThat(copy.context().getBean(LogTree.class).root(1)).isEqualTo(root);
            assertThat(copy.log().readAfter(0, 10)).hasSize(1);
        }
    }

    private void write(LogWriter writer) {
        try {
            RecountSerializer serializer = node.context().getBean(RecountSerializer.class);
            var events = messages("issue-" + IDS.incrementAndGet(), 0, touched(1));
            var append = new Append(
                    events,
                    events.stream()
                            .map(event -> StoredEvent.of(event, serializer))
                            .toList());
            writer.appendAll(List.of(append), 1_000);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static final AtomicInteger IDS = new AtomicInteger(100);

    private static int statementsOf(Runnable work, AtomicInteger statements) {
        int before = statements.get();
        work.run();
        return statements.get() - before;
    }

    private DataSource counting(AtomicInteger statements) {
        return new DelegatingDataSource(database.dataSource()) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                return (Connection) Proxy.newProxyInstance(
                        getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                            if (method.getName().equals("prepareStatement")) {
                                statements.incrementAndGet();
                            }
                            return method.invoke(connection, arguments);
                        });
            }
        };
    }

    private static IssueTouched touched(long mark) {
        return new IssueTouched(1, mark);
    }
}
