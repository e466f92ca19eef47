package dev.recount.benchmarks.history;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.IssueEvent.IssueCreated;
import dev.recount.events.IssueEvent.IssueDescriptionChanged;
import dev.recount.events.IssueEvent.IssueRetitled;
import dev.recount.events.IssueEvent.IssueStatusChanged;
import dev.recount.events.IssueStatus;
import dev.recount.events.LabelEvent.LabelCreated;
import dev.recount.events.UserEvent.UserRegistered;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryTest {

    private static final List<DomainEventMessage<?>> HISTORY = events(History.ofLives(4, 100_000));

    /** All that is stored of an event. */
    private record Stored(String stream, long sequence, Object event, Instant at, String id, Map<String, ?> metadata) {

        static Stored of(DomainEventMessage<?> message) {
            return new Stored(
                    message.getAggregateIdentifier(),
                    message.getSequenceNumber(),
                    message.getPayload(),
                    message.getTimestamp(),
                    message.getIdentifier(),
                    message.getMetaData());
        }
    }

    private static List<DomainEventMessage<?>> events(History history) {
        var events = new ArrayList<DomainEventMessage<?>>();
        history.changes().forEachRemaining(events::addAll);
        return events;
    }

    private static List<Stored> stored(long seed) {
        return events(History.ofLives(seed, 5_000)).stream().map(Stored::of).toList();
    }

    private static <T> Stream<T> payloads(Class<T> type) {
        return HISTORY.stream()
                .map(DomainEventMessage::getPayload)
                .filter(type::isInstance)
                .map(type::cast);
    }

    @Test
    void the_same_seed_gives_the_same_events_and_another_seed_gives_others() {
        assertThat(stored(1)).isEqualTo(stored(1)).isNotEqualTo(stored(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 7, 49, 5_001})
    void a_history_has_as_many_events_as_were_asked_for(long events) {
        assertThat(events(History.ofLives(1, events))).hasSize((int) events);
    }

    @Test
    void new_issues_are_all_that_happens_where_nothing_else_was_asked_for() {
        var issues = events(History.ofNewIssues(1, 300)).stream()
                .map(DomainEventMessage::getPayload)
                .filter(IssueCreated.class::isInstance)
                .map(IssueCreated.class::cast)
                .toList();
        assertThat(issues).hasSize(300);
        assertThat(issues).extracting(IssueCreated::issueId).startsWith(1L, 2L).endsWith(300L);
        assertThat(issues).extracting(IssueCreated::status).contains(IssueStatus.values());
        assertThat(events(History.ofNewIssues(1, 300))).hasSize(300 + 2 * 200);
    }

    @Test
    void times_never_go_back_and_span_two_years() {
        assertThat(HISTORY).isSortedAccordingTo(Comparator.comparing(DomainEventMessage::getTimestamp));
        var span = Duration.between(
                HISTORY.getFirst().getTimestamp(), HISTORY.getLast().getTimestamp());
        assertThat(span).isBetween(Duration.ofDays(700), Duration.ofDays(760));
    }

    @Test
    void every_stream_has_all_its_sequences_and_every_event_an_id_of_its_own() {
        var next = new HashMap<String, Long>();
        var ids = new HashSet<String>();
        for (var event : HISTORY) {
            var sequence = next.merge(event.getAggregateIdentifier(), 1L, Long::sum) - 1;
            assertThat(event.getSequenceNumber()).isEqualTo(sequence);
            assertThat(ids.add(event.getIdentifier())).isTrue();
        }
    }

    @Test
    void every_change_of_status_begins_where_the_last_one_ended() {
        var statuses = new HashMap<Long, IssueStatus>();
        for (var event : HISTORY) {
            switch (event.getPayload()) {
                case IssueCreated created -> statuses.put(created.issueId(), created.status());
                case IssueStatusChanged changed ->
                    assertThat(statuses.put(changed.issueId(), changed.to())).isEqualTo(changed.from());
                default -> {}
            }
        }
        var reopened = payloads(IssueStatusChanged.class)
                .filter(change -> change.from().isDone() && !change.to().isDone());
        assertThat(reopened).isNotEmpty();
    }

    @Test
    void the_mix_is_that_of_a_real_tracker() {
        assertThat(payloads(UserRegistered.class)).hasSize(200);
        assertThat(payloads(LabelCreated.class)).hasSize(50).doesNotHaveDuplicates();
        var ofType = HISTORY.stream().collect(groupingBy(DomainEventMessage::getPayloadType, counting()));
        assertThat(ofType).hasSize(11);
        var comments = ofType.get(IssueCommented.class);
        ofType.forEach((type, count) -> assertThat(count).isBetween(1L, comments));
        assertThat(comments).isBetween(40_000L, 70_000L);
        var ofIssue = payloads(IssueCommented.class).collect(groupingBy(IssueCommented::issueId, counting()));
        assertThat(ofIssue.values()).anyMatch(count -> count >= 300);
        assertThat(payloads(IssueCreated.class).count()).isBetween(5_000L, 12_000L);
    }

    @Test
    void texts_are_as_long_as_those_of_real_issues() {
        var titles = Stream.concat(
                payloads(IssueCreated.class).map(IssueCreated::title),
                payloads(IssueRetitled.class).map(IssueRetitled::to));
        assertThat(titles).allMatch(title -> title.length() >= 20 && title.length() <= 80 && !title.contains("\n"));
        var descriptions = Stream.concat(
                payloads(IssueCreated.class).map(IssueCreated::description),
                payloads(IssueDescriptionChanged.class).map(IssueDescriptionChanged::description));
        assertThat(descriptions).allMatch(text -> text.length() >= 100 && text.length() <= 2_000);
    }
}
