package dev.recount.query.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.recount.eventstore.read.RecordedEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class RecentEventsTest {

    private static final EventJson JSON = new EventJson(new JsonMapper());

    private static RecentEvent event(long position) {
        var form = new RecordedEvent.Form("IssueTouched", 1, "{}");
        return new RecentEvent(
                new RecordedEvent(
                        position, "issue-1", position, new UUID(0, 0), form, form, "{}", Map.of(), Instant.EPOCH),
                JSON);
    }

    private static Optional<List<Long>> after(RecentEvents recent, long position) {
        return recent.after(position)
                .map(events -> events.stream().map(RecentEvent::position).toList());
    }

    @Test
    void the_newest_are_remembered_and_whoever_is_further_behind_is_told_so() {
        var recent = new RecentEvents(3, 1 << 20);
        recent.restartAfter(5);
        assertThat(after(recent, 4)).isEmpty();
        assertThat(after(recent, 5)).contains(List.of());
        for (var position = 6; position <= 9; position++) {
            recent.add(event(position));
        }
        assertThat(recent.end()).isEqualTo(9);
        assertThat(after(recent, 5)).isEmpty();
        assertThat(after(recent, 6)).contains(List.of(7L, 8L, 9L));
        assertThat(after(recent, 8)).contains(List.of(9L));
        assertThat(after(recent, 9)).contains(List.of());
        assertThat(after(recent, 12)).contains(List.of());
        recent.restartAfter(20);
        assertThat(after(recent, 9)).isEmpty();
        assertThat(after(recent, 20)).contains(List.of());
    }

    @Test
    void they_are_bounded_in_bytes_too_but_for_the_newest() {
        var recent = new RecentEvents(100, 2L * event(1).size());
        for (var position = 1; position <= 9; position++) {
            recent.add(event(position));
        }
        assertThat(after(recent, 7)).contains(List.of(8L, 9L));
        assertThat(after(recent, 6)).isEmpty();
        var tiny = new RecentEvents(100, 1);
        tiny.add(event(1));
        assertThat(after(tiny, 0)).contains(List.of(1L));
    }

    @Test
    void a_gap_is_an_error() {
        var recent = new RecentEvents(100, 1 << 20);
        recent.add(event(1));
        assertThatThrownBy(() -> recent.add(event(3))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> recent.add(event(1))).isInstanceOf(IllegalArgumentException.class);
    }
}
