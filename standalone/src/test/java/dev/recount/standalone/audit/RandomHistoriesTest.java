package dev.recount.standalone.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.testing.Thoroughness;
import dev.recount.verifier.ExportLog;
import dev.recount.verifier.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checks that the verifier computes the same hashes as the writer for any events, so there is no false alarm. */
class RandomHistoriesTest {

    @TempDir
    Path directory;

    @Test
    void no_history_raises_a_false_alarm() throws Exception {
        var export = directory.resolve("export.ndjson");
        try (var log = SealedDatabase.fresh()) {
            for (var seed = 1; seed <= Thoroughness.rounds(60, 1_000); seed++) {
                log.tamper("TRUNCATE event_log");
                var events = new RandomEvents(seed);
                var count = write(log, events);
                var report = log.verify();
                assertThat(report.findings()).as("seed %d", seed).isEmpty();
                assertThat(report.events()).isEqualTo(count);

                LogExport.write(log.database().dataSource(), "", export, _ -> {});
                try (var exported = ExportLog.open(export, List.of())) {
                    var ofExport = Verification.of(exported, List.of(), _ -> {});
                    assertThat(ofExport.findings()).as("seed %d", seed).isEmpty();
                    assertThat(ofExport.root()).isEqualTo(report.root());
                }
                Files.delete(export);
            }
        }
    }

    private static int write(SealedDatabase log, RandomEvents events) {
        var count = 0;
        for (var appends = events.upTo(4); appends > 0; appends--) {
            DomainEventMessage<?>[] messages =
                    Stream.generate(events::message).limit(events.upTo(12)).toArray(DomainEventMessage<?>[]::new);
            log.node().store().publish(messages);
            log.node().restore(events.row());
            count += messages.length + 1;
        }
        return count;
    }
}
