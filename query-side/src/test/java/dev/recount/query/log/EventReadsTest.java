package dev.recount.query.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.eventstore.read.RecordedEvent;
import dev.recount.eventstore.read.RecordedEvents.Part;
import dev.recount.web.ClientPace;
import dev.recount.web.HeapBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;
import tools.jackson.databind.json.JsonMapper;

class EventReadsTest {

    private static final ClientPace CLIENT = ClientPace.of(new MockHttpServletRequest());

    private String identity = "5f3c9d0a1b2e";
    private int readings;

    private final EventReads reads = new EventReads(
            new HeapBudget(1 << 20, Duration.ofSeconds(1)), new EventJson(new JsonMapper()), () -> identity);

    /** A log whose event is found after each position but its end. */
    private EventSource log(long end, boolean whole) {
        return new EventSource() {
            @Override
            public Part after(long place, int limit, long mostChars) {
                readings++;
                var form = new RecordedEvent.Form("IssueTouched", 1, "{}");
                return new Part(
                        List.of(new RecordedEvent(
                                place + 1, "issue-1", 0, new UUID(0, 0), form, form, "{}", Map.of(), Instant.EPOCH)),
                        place + 1);
            }

            @Override
            public long end() {
                return end;
            }

            @Override
            public boolean isWholeLog() {
                return whole;
            }
        };
    }

    private int readingsOf(EventSource source) throws InterruptedException {
        readings = 0;
        for (var client = 1; client <= 3; client++) {
            try (var part = reads.readLines(source, new EventReads.Extent(4, 1, 100), CLIENT)) {
                assertThat(part.events()).extracting(EventLine::position).containsExactly(5L);
                assertThat(part.upTo()).isEqualTo(5);
            }
        }
        return readings;
    }

    @Test
    void clients_that_read_the_same_part_of_the_log_share_one_reading() throws InterruptedException {
        assertThat(readingsOf(log(9, true))).isEqualTo(1);
    }

    @Test
    void the_end_of_the_log_and_filtered_events_are_read_each_time() throws InterruptedException {
        assertThat(readingsOf(log(5, true))).isEqualTo(3);
        assertThat(readingsOf(log(9, false))).isEqualTo(3);
    }

    @Test
    void nothing_of_a_log_is_shared_after_a_restore() throws InterruptedException {
        assertThat(readingsOf(log(9, true))).isEqualTo(1);
        assertThat(readingsOf(log(9, true))).isZero();
        identity = "0a1b2e5f3c9d";
        assertThat(readingsOf(log(9, true))).isEqualTo(1);
    }
}
