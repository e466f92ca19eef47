package dev.recount.query.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueTouched;
import dev.recount.eventstore.testing.TestDatabase;
import dev.recount.query.consistency.ReadConsistency;
import dev.recount.query.consistency.ReadPosition;
import dev.recount.query.daemon.EventLedger;
import dev.recount.query.daemon.QueryNode;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;

class DeadLettersTest {

    private static final String NAME = "squeamish";
    private static final String OTHER = EventLedger.NAME;
    private static final long ACTOR = 3;

    private TestDatabase database;
    private JdbcClient sql;
    private QueryNode node;
    private final Set<Long> refused = Squeamish.REFUSED;

    @BeforeEach
    void start() {
        database = TestDatabase.fresh();
        sql = JdbcClient.create(database.dataSource());
        EventLedger.createTable(sql);
        sql.sql("""
            CREATE TABLE squeamish (
                position bigint PRIMARY KEY,
                stream text NOT NULL,
                version int NOT NULL CHECK (version < 1000),
                title text CONSTRAINT squeamish_title UNIQUE DEFERRABLE INITIALLY DEFERRED
            )
            """).update();
        refused.clear();
        node = QueryNode.on(database.dataSource(), Squeamish.class, EventLedger.class);
    }

    @AfterEach
    void stop() {
        node.close();
        database.close();
    }

    /** Writes the events it gets, and refuses the configured positions. */
    static final class Squeamish implements Projection {
        static final Set<Long> REFUSED = ConcurrentHashMap.newKeySet();

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
            return List.of("squeamish");
        }

        @Override
        public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
            try (var insert = connection.prepareStatement("INSERT INTO squeamish VALUES (?, ?, ?, ?)")) {
                for (var logged : batch) {
                    if (REFUSED.contains(logged.position())) {
                        throw new IllegalStateException("cannot stand position " + logged.position());
                    }
                    insert.setLong(1, logged.position());
                    insert.setString(2, logged.stream());
                    insert.setLong(3, logged.event() instanceof IssueTouched touched ? touched.version() : 0);
                    insert.setString(4, logged.event() instanceof IssueRetitled retitled ? retitled.to() : null);
                    insert.addBatch();
                }
                insert.executeBatch();
            }
        }
    }

    private void touch(long issue, long sequence, long... versions) {
        var events = new ArrayList<Object>();
        for (var version : versions) {
            events.add(new IssueTouched(issue, version));
        }
        node.append("issue-" + issue, sequence, events.toArray());
    }

    private List<Long> applied() {
        node.barrier().await(NAME);
        return sql.sql("SELECT position FROM squeamish ORDER BY position")
                .query(Long.class)
                .list();
    }

    private List<DeadLetter> letters() {
        node.barrier().await(NAME);
        return node.deadLetters().list(NAME, 0, 100);
    }

    @Test
    void an_event_that_is_refused_parks_its_stream_and_lets_the_others_pass() {
        refused.add(2L);
        touch(1, 0, 1, 2, 3);
        touch(2, 0, 1, 2);
        touch(1, 3, 4);
        touch(3, 0, 1);
        assertThat(applied()).containsExactly(1L, 4L, 5L, 7L);
        var letter = letters().getFirst();
        assertThat(letters()).hasSize(1);
        assertThat(letter)
                .isEqualTo(new DeadLetter(
                        NAME,
                        2,
                        "issue-1",
                        1,
                        "IssueTouched",
                        "IllegalStateException: cannot stand position 2",
                        1,
                        letter.parkedAt(),
                        letter.parkedAt(),
                        2));
        assertThat(node.health().health().getStatus()).isEqualTo(Status.UP);
    }

    @Test
    void another_projection_has_every_event() {
        refused.add(1L);
        touch(1, 0, 1, 2);
        node.barrier().await(OTHER);
        assertThat(EventLedger.positions(sql)).containsExactly(1L, 2L);
        assertThat(node.deadLetters().count(OTHER)).isZero();
        assertThat(letters()).hasSize(1);
    }

    @Test
    void a_row_that_the_database_refuses_when_the_batch_is_written_is_found_among_the_others() {
        touch(1, 0, 1, 5_000, 2);
        touch(2, 0, 1, 2);
        assertThat(applied()).containsExactly(1L, 4L, 5L);
        assertThat(letters()).singleElement().satisfies(letter -> {
            assertThat(letter.position()).isEqualTo(2);
            assertThat(letter.cause()).contains("squeamish_version_check");
            assertThat(letter.waiting()).isEqualTo(1);
        });
    }

    @Test
    void a_row_that_the_database_would_refuse_only_at_the_commit_is_found_too() {
        node.append("issue-1", 0, new IssueRetitled(1, "a", "the same", 2));
        node.append("issue-2", 0, new IssueRetitled(2, "b", "the same", 2), new IssueTouched(2, 3));
        touch(3, 0, 1);
        assertThat(applied()).containsExactly(1L, 4L);
        assertThat(letters())
                .singleElement()
                .satisfies(letter -> assertThat(letter.cause()).contains("squeamish_title"));
    }

    @Test
    void what_is_refused_no_longer_is_applied_in_order_with_all_that_waits_behind_it() {
        refused.add(2L);
        touch(1, 0, 1, 2, 3);
        touch(2, 0, 1);
        assertThat(applied()).containsExactly(1L, 4L);
        assertThat(node.deadLetters().retry(NAME, 2).orElseThrow().refused()).isPresent();
        assertThat(letters().getFirst().attempts()).isEqualTo(2);
        refused.clear();
        assertThat(node.deadLetters().retry(NAME, 2)).contains(new DeadLetters.Outcome(2, Optional.empty()));
        assertThat(letters()).isEmpty();
        touch(1, 3, 4);
        assertThat(applied()).containsExactly(1L, 2L, 3L, 4L, 5L);
    }

    @Test
    void what_was_read_before_a_retry_or_a_discard_is_of_another_edition() {
        refused.addAll(List.of(1L, 2L));
        touch(1, 0, 1);
        touch(2, 0, 1, 2);
        var before = covered();
        assertThat(before.includes(covered())).isTrue();
        refused.clear();
        assertThat(node.deadLetters().retry(NAME, 1)).isPresent();
        var retried = covered();
        assertThat(before.includes(retried)).isFalse();
        assertThat(node.deadLetters().discard(NAME, 2, "no use", ACTOR)).isPresent();
        assertThat(retried.includes(covered())).isFalse();
        assertThat(applied()).containsExactly(1L, 3L);
    }

    private ReadPosition covered() {
        return node.barrier().await(NAME, ReadConsistency.CURRENT).orElseThrow();
    }

    @Test
    void a_retry_stops_at_the_next_event_that_is_refused() {
        refused.addAll(List.of(1L, 3L));
        touch(1, 0, 1, 2, 3, 4);
        assertThat(applied()).isEmpty();
        refused.remove(1L);
        var outcome = node.deadLetters().retry(NAME, 1).orElseThrow();
        assertThat(outcome.applied()).isEqualTo(2);
        assertThat(outcome.refused().orElseThrow().position()).isEqualTo(3);
        assertThat(outcome.refused().orElseThrow().waiting()).isEqualTo(1);
        assertThat(applied()).containsExactly(1L, 2L);
    }

    @Test
    void an_event_that_is_discarded_is_recorded_with_the_reason_and_its_stream_goes_on() {
        refused.add(2L);
        touch(1, 0, 1, 2, 3);
        assertThat(applied()).containsExactly(1L);
        assertThat(node.deadLetters().discard(NAME, 3, "it only waits", ACTOR)).isEmpty();
        assertThat(node.deadLetters().discard(NAME, 2, "a test's slip", ACTOR))
                .contains(new DeadLetters.Outcome(1, Optional.empty()));
        touch(1, 3, 4);
        assertThat(applied()).containsExactly(1L, 3L, 4L);
        assertThat(letters()).isEmpty();
        assertThat(sql.sql("SELECT projection, position, stream, cause, reason, actor FROM discarded_event")
                        .query()
                        .singleRow())
                .containsEntry("projection", NAME)
                .containsEntry("position", 2L)
                .containsEntry("stream", "issue-1")
                .containsEntry("cause", "IllegalStateException: cannot stand position 2")
                .containsEntry("reason", "a test's slip")
                .containsEntry("actor", ACTOR);
    }

    @Test
    void there_may_be_more_letters_than_fit_a_page() {
        for (var issue = 1L; issue <= 25; issue++) {
            refused.add(2 * issue - 1);
            touch(issue, 0, 1, 2);
        }
        assertThat(applied()).isEmpty();
        var pages = Stream.iterate(
                        node.deadLetters().list(NAME, 0, 10),
                        page -> !page.isEmpty(),
                        page -> node.deadLetters().list(NAME, page.getLast().position(), 10))
                .toList();
        assertThat(pages).extracting(List::size).containsExactly(10, 10, 5);
        refused.clear();
        pages.forEach(page ->
                page.forEach(letter -> assertThat(node.deadLetters().retry(NAME, letter.position()))
                        .contains(new DeadLetters.Outcome(2, Optional.empty()))));
        assertThat(applied()).hasSize(50);
    }

    @Test
    void a_projection_that_refuses_nearly_everything_stands_still_instead() {
        for (var issue = 1L; issue <= BatchAroundDeadLetters.MOST_REFUSALS + 5; issue++) {
            refused.add(issue);
            touch(issue, 0, 1);
        }
        await().until(() -> node.live(NAME).failure().isPresent());
        assertThat(node.live(NAME).failure().orElseThrow().cause()).isInstanceOf(TooManyDeadLettersException.class);
        assertThat(node.health().health().getStatus()).isEqualTo(Status.DOWN);
        refused.clear();
        await().until(() -> node.live(NAME).failure().isEmpty());
        node.barrier().await(NAME);
    }

    @Test
    void what_is_no_fault_of_an_event_parks_nothing() {
        sql.sql("ALTER TABLE squeamish RENAME TO elsewhere").update();
        touch(1, 0, 1);
        await().until(() -> node.live(NAME).failure().isPresent());
        assertThat(node.deadLetters().count(NAME)).isZero();
        sql.sql("ALTER TABLE elsewhere RENAME TO squeamish").update();
        assertThat(applied()).containsExactly(1L);
    }

    @Test
    void all_letters_are_tried_again_at_once_and_each_stream_by_itself() {
        for (var issue = 1L; issue <= BatchAroundDeadLetters.MOST_REFUSALS; issue++) {
            refused.add(2 * issue - 1);
            touch(issue, 0, 1, 2);
        }
        touch(1_000, 0, 1, 5_000, 2);
        refused.remove(1L);
        assertThat(node.deadLetters().retry(NAME, 1)).isPresent();
        assertThat(letters()).hasSize(BatchAroundDeadLetters.MOST_REFUSALS);
        refused.retainAll(Set.of(3L));
        var outcomes = node.deadLetters().retryAll(NAME);
        assertThat(outcomes).hasSize(BatchAroundDeadLetters.MOST_REFUSALS);
        assertThat(outcomes.stream().mapToLong(DeadLetters.Outcome::applied).sum())
                .isEqualTo(2 * (BatchAroundDeadLetters.MOST_REFUSALS - 2));
        assertThat(letters()).extracting(DeadLetter::position).containsExactly(3L, 202L);
        assertThat(letters()).extracting(DeadLetter::attempts).containsExactly(2, 2);
    }

    @Test
    void an_event_that_is_refused_where_a_retry_stops_is_tried_once() {
        refused.addAll(List.of(1L, 2L));
        touch(1, 0, 1, 2);
        assertThat(applied()).isEmpty();
        refused.remove(1L);
        assertThat(node.deadLetters().retryAll(NAME)).singleElement().satisfies(outcome -> {
            assertThat(outcome.applied()).isEqualTo(1);
            assertThat(outcome.refused().orElseThrow().attempts()).isEqualTo(1);
        });
    }

    @Test
    void a_node_of_an_older_version_writes_no_rows_of_a_newer_one() {
        refused.add(1L);
        touch(1, 0, 1);
        assertThat(letters()).hasSize(1);
        refused.clear();
        sql.sql("UPDATE projection SET version = 2 WHERE name = ?").param(NAME).update();
        assertThatThrownBy(() -> node.deadLetters().retry(NAME, 1)).isInstanceOf(NewerRowsException.class);
        assertThatThrownBy(() -> node.deadLetters().retryAll(NAME)).isInstanceOf(NewerRowsException.class);
        assertThatThrownBy(() -> node.deadLetters().discard(NAME, 1, "why not", null))
                .isInstanceOf(NewerRowsException.class);
        assertThat(node.deadLetters().count(NAME)).isOne();
        assertThat(node.deadLetters().countDiscarded(NAME)).isZero();
    }

    @Test
    void discarded_events_are_listed_page_by_page() {
        refused.addAll(List.of(1L, 2L, 3L));
        touch(1, 0, 1);
        touch(2, 0, 1);
        touch(3, 0, 1);
        assertThat(letters()).hasSize(3);
        List.of(3L, 1L, 2L)
                .forEach(position -> assertThat(node.deadLetters().discard(NAME, position, "slip " + position, null))
                        .isPresent());
        assertThat(node.deadLetters().countDiscarded(NAME)).isEqualTo(3);
        assertThat(node.deadLetters().discarded(NAME, 0, 2))
                .extracting(DiscardedEvent::position)
                .containsExactly(1L, 2L);
        var last = node.deadLetters().discarded(NAME, 2, 2).getFirst();
        assertThat(last)
                .isEqualTo(new DiscardedEvent(
                        NAME,
                        3,
                        "issue-3",
                        0,
                        "IssueTouched",
                        "IllegalStateException: cannot stand position 3",
                        "slip 3",
                        null,
                        last.discardedAt()));
    }

    @Test
    void a_letter_that_is_not_there_is_neither_tried_nor_discarded() {
        touch(1, 0, 1);
        assertThat(applied()).containsExactly(1L);
        assertThat(node.deadLetters().retry(NAME, 1)).isEmpty();
        assertThat(node.deadLetters().discard(NAME, 1, "why not", null)).isEmpty();
        assertThatThrownBy(() -> node.deadLetters().list("unheard-of", 0, 10))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
