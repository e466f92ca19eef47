package dev.recount.eventstore.read;

import dev.recount.eventstore.serialization.EventRow;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.StoredEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.serialization.SerializationException;

/**
 * Reads many streams with one statement, each as Axon loads it: the newest snapshot, if any, and the events after it.
 * Loading them one by one costs two round trips each.
 */
public final class StreamHistories {

    /** A snapshot that does not fit gets revision -1, so that it is read separately and dropped there. */
    private static final String READ = """
        WITH wanted AS (
            SELECT name, place, coalesce(sequence + 1, 0) AS next_sequence
            FROM unnest(?) WITH ORDINALITY AS given (name, place)
            LEFT JOIN snapshot ON stream = name
        )
        SELECT position, stream, sequence, event_id, type, revision, payload::text, metadata::text, recorded_at
        FROM (
            SELECT place, position, stream, sequence, event_id, type, revision, payload, metadata, recorded_at
            FROM wanted
            JOIN event_log ON stream = name AND sequence >= next_sequence
            UNION ALL
            SELECT place, 0, stream, sequence, '00000000-0000-0000-0000-000000000000', type,
                CASE WHEN fits THEN revision ELSE -1 END, payload, '{}', recorded_at
            FROM wanted
            JOIN checked_snapshot ON stream = name
        ) AS history
        ORDER BY place, sequence
        """;

    private static final String READ_AFTER = """
        SELECT position, stream, sequence, event_id, type, revision, payload::text, metadata::text, recorded_at
        FROM unnest(?, ?) WITH ORDINALITY AS given (name, last, place)
        JOIN event_log ON stream = name AND sequence > last
        ORDER BY place, sequence
        """;

    private final LogReader reader;
    private final EventLog log;
    private final RecountSerializer serializer;

    public StreamHistories(LogReader reader, EventLog log, RecountSerializer serializer) {
        this.reader = reader;
        this.log = log;
        this.serializer = serializer;
    }

    /**
     * The histories by stream. The history of a stream that does not exist is empty.
     *
     * <p>Some streams are left out and must be read separately: those with an unusable snapshot, and those beyond the
     * size limit of one read.
     */
    public Map<String, List<DomainEventMessage<?>>> read(Collection<String> streams) {
        List<String> names = List.copyOf(streams);
        LogReader.Page page = reader.read(
                "Reading " + names.size() + " streams",
                READ,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("text", names.toArray())),
                Integer.MAX_VALUE);
        Map<String, List<EventRow>> rows =
                page.rows().stream().collect(Collectors.groupingBy(row -> row.event().stream()));
        // A read that reached its limit may lack events from the last stream on.
        int complete = page.complete() ? names.size() : names.indexOf(page.rows().getLast().event().stream());
        Map<String, List<DomainEventMessage<?>>> histories = new HashMap<>();
        for (String name : names.subList(0, complete)) {
            messages(rows.getOrDefault(name, List.of())).ifPresent(messages -> histories.put(name, messages));
        }
        return histories;
    }

    /**
     * All events of the streams after the given sequences, by stream and in order.
     *
     * @param sequences the value -1 means before the first event
     */
    public Map<String, List<DomainEventMessage<?>>> readAfter(Map<String, Long> sequences) {
        List<String> names = List.copyOf(sequences.keySet());
        LogReader.Page page = reader.read(
                "Reading on in " + names.size() + " streams",
                READ_AFTER,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("text", names.toArray()));
                    statement.setArray(
                            2,
                            statement
                                    .getConnection()
                                    .createArrayOf(
                                            "bigint",
                                            names.stream().map(sequences::get).toArray()));
                },
                Integer.MAX_VALUE);
        Map<String, List<EventRow>> rows =
                page.rows().stream().collect(Collectors.groupingBy(row -> row.event().stream()));
        int complete = page.complete() ? names.size() : names.indexOf(page.rows().getLast().event().stream());
        Map<String, List<DomainEventMessage<?>>> events = new HashMap<>();
        for (String name : names.subList(0, complete)) {
            events.put(
                    name,
                    log.messages(rows.getOrDefault(name, List.of()).stream())
                            .<DomainEventMessage<?>>map(message -> (DomainEventMessage<?>) message)
                            .toList());
        }
        for (String name : names.subList(complete, names.size())) {
            events.put(name, log.readStream(name, sequences.getOrDefault(name, -1L) + 1));
        }
        return events;
    }

    private Optional<List<DomainEventMessage<?>>> messages(List<EventRow> history) {
        boolean snapshot = !history.isEmpty() && history.getFirst().position() == SnapshotStore.NO_POSITION;
        if (snapshot && !isOfToday(history.getFirst().event())) {
            return Optional.empty();
        }
        List<DomainEventMessage<?>> messages = log.messages(history.stream())
                .<DomainEventMessage<?>>map(message -> (DomainEventMessage<?>) message)
                .toList();
        return snapshot && !isReadable(messages.getFirst()) ? Optional.empty() : Optional.of(messages);
    }

    private boolean isOfToday(StoredEvent snapshot) {
        return serializer.writes(snapshot.type(), snapshot.revision());
    }

    private static boolean isReadable(DomainEventMessage<?> snapshot) {
        try {
            return snapshot.getPayload() != null;
        } catch (SerializationException unreadable) {
            // Loading through Axon logs a warning for it.
            return false;
        }
    }
}
