package dev.recount.standalone.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueStatus;
import dev.recount.verifier.Fault;
import dev.recount.verifier.Report;
import dev.recount.verifier.Stretch;
import dev.recount.verifier.Witness;
import java.util.Map;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.MetaData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alters the log as the database's owner and checks the verifier's findings. */
class TamperTest {

    private static final int ISSUES = 20;
    private static final int SIZE = 2 * ISSUES;
    private static final String UNTITLED = "payload = payload || '{\"title\": \"Nothing to see here\"}'";

    private SealedDatabase log;
    private Witness after10;
    private Witness after30;
    private Witness atTheEnd;

    /** Positions 1 to 20 are issues, 21 to 40 their second events. */
    @BeforeEach
    void write() throws Exception {
        log = SealedDatabase.fresh();
        for (var issue = 1; issue <= ISSUES; issue++) {
            append(issue, 0, new IssueCreated(issue, "Title " + issue, "", IssueStatus.OPEN, null, 1));
            after10 = issue == 10 ? log.keep() : after10;
        }
        for (var issue = 1; issue <= ISSUES; issue++) {
            append(issue, 1, new IssueRetitled(issue, "Title " + issue, "Other " + issue, 2));
            after30 = issue == 10 ? log.keep() : after30;
        }
        atTheEnd = log.keep();
    }

    private void append(int issue, int sequence, Object event) {
        log.node()
                .store()
                .publish(new GenericDomainEventMessage<>(
                        "issue",
                        "issue-" + issue,
                        sequence,
                        event,
                        MetaData.from(Map.of("actor", "3", "requestId", "request-" + issue + "-" + sequence))));
    }

    @AfterEach
    void drop() {
        log.close();
    }

    @Test
    void what_nobody_touched_is_intact() throws Exception {
        var report = log.verify(after10, after30, atTheEnd);
        assertThat(report.findings()).isEmpty();
        assertThat(report.events()).isEqualTo(SIZE);
        assertThat(report.intactUpTo()).isEqualTo(SIZE);
        assertThat(report.witnesses())
                .hasSize(3)
                .allMatch(witnessed -> Boolean.TRUE.equals(witnessed.byRecordedHashes()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "payload = jsonb_set(payload, '{title}', '\"Title 18\"')",
                "payload = jsonb_set(payload, '{version}', '2')",
                "payload = payload - 'description'",
                "metadata = jsonb_set(metadata, '{requestId}', '\"request-17-1\"')",
                "metadata = metadata || '{\"actor\": \"4\"}'",
                "metadata = metadata - 'actor'",
                "recorded_at = recorded_at + interval '1 microsecond'",
                "event_id = gen_random_uuid()",
                "type = 'IssueCreatee'",
                "revision = revision + 1",
                "stream = 'issue-71'",
                "sequence = 1000"
            })
    void any_change_of_an_event_is_named(String change) throws Exception {
        log.tamper("UPDATE event_log SET " + change + " WHERE position = 17");
        assertNamed(17, log.verify(), log.verify(atTheEnd));
        assertThat(log.verify(atTheEnd).intactUpTo()).isEqualTo(16);
    }

    /** The events themselves are unchanged, and the checkpoint proves it. */
    @Test
    void a_changed_hash_is_named() throws Exception {
        log.tamper("UPDATE event_log SET leaf_hash = sha256(leaf_hash) WHERE position = 17");
        assertNamed(17, log.verify(), log.verify(atTheEnd));
        assertThat(log.verify(atTheEnd).intactUpTo()).isEqualTo(SIZE);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16, 17, 32, 39})
    void a_deleted_event_is_named(int position) throws Exception {
        log.tamper("DELETE FROM event_log WHERE position = " + position);
        assertNamed(position, log.verify(), log.verify(atTheEnd));
        assertThat(log.verify().findings().getFirst().fault()).isEqualTo(Fault.MISSING);
    }

    @ParameterizedTest
    @CsvSource({"16, 15, 16", "17, 17, 17", "31, 31, 31", "32, 31, 32"})
    void a_deleted_event_is_found_though_the_others_close_up(int position, int from, int to) throws Exception {
        log.tamper(
                "DELETE FROM event_log WHERE position = " + position,
                "UPDATE event_log SET position = -position WHERE position > " + position,
                "UPDATE event_log SET position = -position - 1 WHERE position < 0");
        assertThat(log.verify().isIntact()).isFalse();
        assertThat(log.verify().firstBad()).isEqualTo(new Stretch(from, to));
    }

    @ParameterizedTest
    @CsvSource({"16, 16", "17, 17", "40, 40"})
    void an_inserted_event_is_named(int position, int named) throws Exception {
        log.tamper(
                "UPDATE event_log SET position = -position WHERE position >= " + position,
                "UPDATE event_log SET position = -position + 1 WHERE position < 0",
                """
                INSERT INTO event_log
                SELECT %d, 'issue-99', 0, gen_random_uuid(), type, revision, payload, metadata, recorded_at, leaf_hash,
                       subtree_hashes
                FROM event_log
                WHERE position = 1
                """.formatted(position));
        assertNamed(named, log.verify(), log.verify(atTheEnd));
    }

    @Test
    void an_event_that_was_added_behind_the_end_is_named() throws Exception {
        log.tamper("""
            INSERT INTO event_log
            SELECT 41, 'issue-99', 0, gen_random_uuid(), type, revision, payload, metadata, recorded_at, leaf_hash, NULL
            FROM event_log
            WHERE position = 1
            """);
        assertNamed(41, log.verify(), log.verify(atTheEnd));
        assertThat(log.verify(atTheEnd).intactUpTo()).isEqualTo(40);
    }

    @ParameterizedTest
    @CsvSource({"3, 9", "4, 12", "4, 20", "6, 7", "13, 14", "1, 20"})
    void exchanged_rows_are_named(int one, int other) throws Exception {
        log.tamper(
                "UPDATE event_log SET position = -position WHERE position IN (%d, %d)".formatted(one, other),
                "UPDATE event_log SET position = %d + position WHERE position < 0".formatted(one + other));
        assertNamed(one, log.verify(), log.verify(atTheEnd));
    }

    @Test
    void exchanged_contents_are_named() throws Exception {
        log.tamper("""
            UPDATE event_log
            SET payload = other.payload
            FROM event_log AS other
            WHERE event_log.position IN (5, 8) AND other.position = 13 - event_log.position
            """);
        assertNamed(5, log.verify(), log.verify(atTheEnd));
    }

    @Test
    void a_truncated_tail_is_named_by_an_earlier_checkpoint_and_by_nothing_else() throws Exception {
        log.tamper("DELETE FROM event_log WHERE position > 25");
        assertThat(log.verify().isIntact()).isTrue();
        assertThat(log.verify(after10).isIntact()).isTrue();
        var report = log.verify(after10, after30);
        assertNamed(26, report);
        assertThat(report.findings().getFirst().message())
                .isEqualTo("Positions 26 to 30 are missing: a drawer covers 30 events.");
        assertThat(report.intactUpTo()).isEqualTo(10);
    }

    /** Recomputes all hashes with the functions that originally computed them. */
    @Test
    void a_rewritten_chain_is_found_between_earlier_checkpoints_and_by_nothing_else() throws Exception {
        rewrite(17);
        assertThat(log.verify().isIntact()).isTrue();
        assertThat(log.verify(after10).isIntact()).isTrue();
        var report = log.verify(after10, after30, atTheEnd);
        assertThat(report.isIntact()).isFalse();
        assertThat(report.firstBad()).isEqualTo(new Stretch(11, 30));
        assertThat(report.intactUpTo()).isEqualTo(10);
        assertThat(report.findings()).extracting(finding -> finding.fault()).containsExactly(Fault.ROOT, Fault.ROOT);
    }

    /** PostgreSQL records which rows were rewritten, which is no proof but a hint. */
    @Test
    void a_chain_that_was_rewritten_in_place_tells_where() throws Exception {
        log.tamper("CREATE TABLE before AS TABLE event_log");
        rewrite(17);
        log.tamper(
                "CREATE TABLE rewritten AS TABLE event_log",
                "TRUNCATE event_log",
                "INSERT INTO event_log SELECT * FROM before ORDER BY position",
                """
                UPDATE event_log
                SET payload = rewritten.payload, leaf_hash = rewritten.leaf_hash,
                    subtree_hashes = rewritten.subtree_hashes
                FROM rewritten
                WHERE event_log.position = rewritten.position AND event_log IS DISTINCT FROM rewritten
                """);
        var report = log.verify(after10, after30);
        assertThat(report.firstBad()).isEqualTo(new Stretch(11, 30));
        assertThat(report.rewritten()).isEqualTo(17);
    }

    private void rewrite(int position) {
        log.tamper(
                "CREATE TABLE original AS TABLE event_log",
                "UPDATE original SET " + UNTITLED + " WHERE position = " + position,
                "TRUNCATE event_log");
        log.restoreFrom("original");
    }

    private static void assertNamed(long position, Report... reports) {
        for (var report : reports) {
            assertThat(report.isIntact()).isFalse();
            assertThat(report.firstBad()).as("%s", report.findings()).isEqualTo(new Stretch(position, position));
        }
    }
}
