package dev.recount.eventstore.scan;

import dev.recount.events.EventType;
import dev.recount.events.RecountEvent;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.serialization.EventRow;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.StoredEvent;
import dev.recount.eventstore.serialization.UnreadableEventException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.postgresql.PGConnection;
import tools.jackson.databind.ObjectReader;

/**
 * Reads long stretches of the log at full speed, for uses that read all of it. JSON that current classes read unchanged
 * is deserialized straight from PostgreSQL's binary COPY. Everything else goes through the upcasters.
 *
 * <p>COPY streams row by row, so memory use does not grow with the stretch, however long the payloads are.
 */
public final class LogScan {

    private static final String COPY_STREAMS = "COPY (\n    SELECT " + CopiedRow.COLUMNS + """

            FROM event_log
            WHERE stream IN (%s)
            ORDER BY stream, sequence
        ) TO STDOUT (FORMAT binary)
        """;

    private static final int EMPTY_OBJECT = "{}".length();

    private final EventLog log;
    private final ObjectReader metadata;
    private final Map<String, Direct> payloads = new HashMap<>();

    /** The reader for payloads of a type that need no upcaster. */
    private record Direct(EventType type, ObjectReader reader) {}

    public LogScan(EventLog log, RecountSerializer serializer) {
        this.log = log;
        this.metadata = serializer.getObjectMapper().readerForMapOf(Object.class);
        for (EventType type : EventType.values()) {
            payloads.put(
                    type.storedName(),
                    new Direct(type, serializer.getObjectMapper().readerFor(type.eventClass())));
        }
    }

    /**
     * Passes the events after one position and up to another to {@code reader}, in order.
     *
     * @param connection must not be used for anything else during the call; an open transaction on it stays open
     * @throws UnreadableEventException for an event that cannot be read; the events before it have been passed on
     */
    public void read(Connection connection, long after, long upTo, Consumer<ScannedEvent> reader) throws SQLException {
        LogCopy.read(connection, after, upTo, row -> events(row).forEach(reader));
    }

    /**
     * Passes all events of some streams to {@code reader}, one stream after the other and each in order.
     *
     * @param connection as for {@link #read}
     * @throws UnreadableEventException for an event that cannot be read
     */
    public void readStreams(Connection connection, Collection<String> streams, Consumer<ScannedEvent> reader)
            throws SQLException {
        if (streams.isEmpty()) {
            return;
        }
        // COPY takes no parameters.
        PGConnection postgres = connection.unwrap(PGConnection.class);
        List<String> names = new ArrayList<>(streams.size());
        for (String stream : streams) {
            names.add("'" + postgres.escapeLiteral(stream) + "'");
        }
        LogCopy.rows(
                connection,
                COPY_STREAMS.formatted(String.join(", ", names)),
                row -> events(row).forEach(reader));
    }

    /** The event of a row, or the events that upcasters make of it. */
    private List<ScannedEvent> events(CopiedRow row) {
        try {
            Direct payload = payloads.get(row.type());
            return payload != null && payload.type().readsAsItLies(row.revision())
                    ? List.of(event(row, payload.reader()))
                    : upcast(row);
        } catch (RuntimeException unreadable) {
            throw new UnreadableEventException(row.position(), unreadable.getMessage(), unreadable);
        }
    }

    private ScannedEvent event(CopiedRow row, ObjectReader payload) {
        CopiedRow.Json json = row.payload();
        RecountEvent event = payload.readValue(json.array(), json.offset(), json.length());
        Map<String, ?> noted = row.metadata().length() == EMPTY_OBJECT ? Map.of() : map(row.metadata());
        return new ScannedEvent(
                row.position(),
                row.stream(),
                row.sequence(),
                event,
                row.recordedAt(),
                noted,
                row.payload().length());
    }

    private Map<String, ?> map(CopiedRow.Json json) {
        return metadata.readValue(json.array(), json.offset(), json.length());
    }

    private List<ScannedEvent> upcast(CopiedRow row) {
        EventRow stored = new EventRow(
                row.position(),
                new StoredEvent(
                        row.stream(),
                        row.sequence(),
                        row.eventId(),
                        row.type(),
                        row.revision(),
                        row.payload().text(),
                        row.metadata().text(),
                        row.recordedAt()));
        return log.messages(Stream.of(stored))
                .map(message -> scanned(message, row.payload().length()))
                .toList();
    }

    private static ScannedEvent scanned(TrackedEventMessage<?> message, int bytes) {
        DomainEventMessage<?> inStream = (DomainEventMessage<?>) message;
        return new ScannedEvent(
                message.trackingToken().position().orElseThrow(),
                inStream.getAggregateIdentifier(),
                inStream.getSequenceNumber(),
                (RecountEvent) inStream.getPayload(),
                inStream.getTimestamp(),
                inStream.getMetaData(),
                bytes);
    }
}
