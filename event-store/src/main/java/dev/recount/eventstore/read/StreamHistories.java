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
 * Reads many streams with one statement, each as Axon loads it: its newest snapshot, if there is one, and the events
 * after that. Loading them one by one costs two round trips for each.
 */
public final class StreamHistories {

    /** A snapshot that does not fit comes as one of no revision, to be read on its own and dropped there. */
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
     * The histories by stream; that of a stream which does not exist is empty.
     *
     * <p>Left out, and to be read on their own, are streams whose snapshot is of no use today, and those beyond what
     * one read may take.
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
        // Whatever comes from the last stream on may be missing from a read that reached its bound.
        int complete = page.complete() ? names.size() : names.indexOf(page.rows().getLast().event().stream());
        Map<String, List<DomainEventMessage<?>>> histories = new HashMap<>();
        for (String name : names.subList(0, complete)) {
            messages(rows.getOrDefault(name, List.of())).ifPresent(messages -> histories.put(name, messages));
        }
        return histories;
    }

    /**
     * What has happened in the streams after the given sequences, by stream and in order; nothing is left out.
     *
     * @param sequences -1 stands for before the first event
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
            // Axon's way of loading warns of it.
            return false;
        }
    }
}
