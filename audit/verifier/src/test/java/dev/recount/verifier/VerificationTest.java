package dev.recount.verifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alters exports and checks the findings. */
class VerificationTest {

    private static final int SIZE = 600;

    @TempDir
    Path directory;

    private final SealedLog log = SealedLog.of(SIZE);

    @Test
    void a_log_that_nobody_touched_is_intact() throws Exception {
        var report = verify(log.witness(1), log.witness(256), log.witness(599));
        assertThat(report.findings()).isEmpty();
        assertThat(report.isIntact()).isTrue();
        assertThat(report.events()).isEqualTo(SIZE);
        assertThat(report.root()).isEqualTo(log.root(SIZE));
        assertThat(report.intactUpTo()).isEqualTo(SIZE);
        assertThat(report.firstBad()).isNull();
        assertThat(report.witnesses())
                .hasSize(5)
                .allMatch(witnessed ->
                        Boolean.TRUE.equals(witnessed.byEvents()) && Boolean.TRUE.equals(witnessed.byRecordedHashes()));
        assertThat(report.origin()).isEqualTo(SealedLog.ORIGIN);
    }

    @Test
    void an_empty_log_is_intact() throws Exception {
        var empty = SealedLog.of(0);
        var report = verify(empty);
        assertThat(report.findings()).isEmpty();
        assertThat(report.events()).isZero();
    }

    @Test
    void a_changed_payload_is_named() throws Exception {
        change(300, line -> line.withPayload(line.payload().replace("version", "versiom")));
        assertAltered(300);
    }

    @Test
    void changed_metadata_are_named() throws Exception {
        change(256, line -> line.withMetadata("{\"actor\":\"4\"}"));
        assertAltered(256);
        change(257, line -> line.withMetadata("{}"));
        assertThat(verify(log).firstBad()).isEqualTo(Stretch.of(256));
    }

    @Test
    void a_changed_time_is_named() throws Exception {
        change(600, line -> line.withRecordedAt(line.recordedAt().replace(".000000", ".000001")));
        assertAltered(600);
    }

    @Test
    void white_space_and_the_order_of_members_prove_nothing_and_harm_nothing() throws Exception {
        change(7, line -> line.withPayload("{ \"version\": 0,\t\"issueId\": 3 }"));
        assertThat(verify(log).isIntact()).isTrue();
    }

    @Test
    void a_deleted_event_is_named_whether_or_not_the_others_are_numbered_anew() throws Exception {
        log.lines.remove(299);
        var gap = verify(log);
        assertThat(gap.firstBad()).isEqualTo(Stretch.of(300));
        assertThat(gap.findings().getFirst().fault()).isEqualTo(Fault.MISSING);
        assertThat(gap.findings().getFirst().message()).isEqualTo("Position 300 is missing: position 301 follows.");
        log.renumber();
        assertThat(verify(log).firstBad()).isEqualTo(new Stretch(299, 300));
    }

    @Test
    void an_inserted_event_is_named() throws Exception {
        log.lines.add(
                299, new SealedLog.Line(300, "issue-9000", 0, "{}", "{}", "2026-01-09T12:08:01.123456Z", new byte[32]));
        assertThat(verify(log).firstBad()).isEqualTo(Stretch.of(300));
        log.renumber();
        assertThat(verify(log).firstBad()).isEqualTo(Stretch.of(300));
    }

    @Test
    void swapped_events_are_named_whether_or_not_they_keep_their_positions() throws Exception {
        Collections.swap(log.lines, 99, 399);
        assertThat(verify(log).firstBad()).isEqualTo(Stretch.of(100));
        log.renumber();
        assertThat(verify(log).firstBad()).isEqualTo(Stretch.of(100));
    }

    /**
     * Exchanges whole lines with their hashes, so that each matches itself. They are of other issues, so that all
     * streams stay in order.
     */
    @Test
    void events_that_were_exchanged_with_all_their_hashes_are_named() throws Exception {
        for (var one = 7; one <= 18; one++) {
            for (var other : List.of(one + 6, one + 7, one + 101, 580 + one)) {
                var exchanged = SealedLog.of(SIZE);
                exchanged.lines.replaceAll(line -> line.inItsOwnStream());
                exchanged.seal();
                Collections.swap(exchanged.lines, one - 1, other - 1);
                exchanged.renumber();
                assertThat(verify(exchanged).firstBad())
                        .as("%d and %d", one, other)
                        .isEqualTo(Stretch.of(one));
            }
        }
    }

    @Test
    void events_behind_the_end_are_named() throws Exception {
        log.lines.add(
                new SealedLog.Line(601, "issue-9000", 0, "{}", "{}", "2026-01-09T12:08:01.123456Z", new byte[32]));
        var report = verify(log);
        assertThat(report.firstBad()).isEqualTo(Stretch.of(601));
        assertThat(report.findings()).extracting(Finding::fault).contains(Fault.UNSEALED);
    }

    @Test
    void a_stream_that_leaves_a_sequence_out_is_named_though_it_was_sealed_so() throws Exception {
        log.lines.set(1, new SealedLog.Line(2, "issue-2", 1, "{}", "{}", "2026-01-09T12:08:01.123456Z", new byte[32]));
        log.seal();
        var report = verify(log);
        assertThat(report.findings())
                .first()
                .isEqualTo(new Finding(
                        Fault.SEQUENCE, Stretch.of(2), "Position 2 has sequence 1 of issue-2, where 0 is next."));
    }

    @Test
    void a_truncated_tail_is_named_by_an_earlier_checkpoint() throws Exception {
        var earlier = log.witness(500);
        log.lines.subList(450, SIZE).clear();
        var cut = verify(earlier);
        assertThat(cut.firstBad()).isEqualTo(Stretch.of(451));
        log.seal();
        assertThat(verify(log).isIntact())
                .as("without one it is the log of a calmer tracker")
                .isTrue();
        var report = verify(earlier);
        assertThat(report.firstBad()).isEqualTo(Stretch.of(451));
        assertThat(report.findings())
                .containsExactly(new Finding(
                        Fault.MISSING,
                        Stretch.of(451),
                        "Positions 451 to 500 are missing: the checkpoint of size 500 in a drawer covers 500 events."));
    }

    @Test
    void a_rewritten_chain_is_bounded_by_earlier_checkpoints() throws Exception {
        var before = log.witness(256);
        var behind = log.witness(400);
        change(300, line -> line.withPayload("{\"issueId\":1}"));
        log.seal();
        assertThat(verify(log).isIntact()).as("without one it cannot be known").isTrue();
        var report = verify(before, behind);
        assertThat(report.isIntact()).isFalse();
        assertThat(report.firstBad()).isEqualTo(new Stretch(257, 400));
        assertThat(report.intactUpTo()).isEqualTo(256);
    }

    @Test
    void whoever_rewrites_without_the_key_is_found_out_by_the_checkpoint_that_came_along() throws Exception {
        change(300, line -> line.withPayload("{\"issueId\":1}"));
        log.rehash();
        var report = verify(log.witness(0));
        assertThat(report.isIntact()).isFalse();
        assertThat(report.firstBad()).isEqualTo(new Stretch(1, SIZE));
    }

    @Test
    void a_checkpoint_by_another_key_does_not_count() throws Exception {
        try (var source = ExportLog.open(log.export(directory), List.of(VerifierKey.parse(WorkedExample.KEY)))) {
            var report = Verification.of(source, List.of(), _ -> {});
            assertThat(report.isIntact()).isFalse();
            assertThat(report.intactUpTo()).isZero();
            assertThat(report.findings()).extracting(Finding::fault).containsExactly(Fault.CHECKPOINT);
        }
    }

    private void change(int position, UnaryOperator<SealedLog.Line> change) {
        log.lines.set(position - 1, change.apply(log.lines.get(position - 1)));
    }

    private void assertAltered(long position) throws Exception {
        var report = verify(log);
        assertThat(report.findings())
                .extracting(Finding::fault)
                .startsWith(Fault.ALTERED)
                .contains(Fault.ROOT);
        assertThat(report.findings().getFirst().message()).startsWith("Position " + position + " is not what was");
        assertThat(report.firstBad()).isEqualTo(Stretch.of(position));
        assertThat(report.intactUpTo()).isEqualTo(position - 1);
    }

    private Report verify(Witness... known) throws Exception {
        return verify(log, known);
    }

    private Report verify(SealedLog some, Witness... known) throws Exception {
        try (var source = ExportLog.open(some.export(directory), List.of())) {
            return Verification.of(source, List.of(known), _ -> {});
        }
    }
}
