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
 * Reads stretches of the log as fast as it can, for those who read all of it: what today's classes read as it lies goes
 * from the bytes of PostgreSQL's binary COPY straight into the events, everything else through the upcasters.
 *
 * <p>COPY hands over row by row, so nothing grows with the stretch, however long the payloads are.
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

    /** How the payloads of a type are read past the upcasters. */
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
     * Hands over the events after one position up to another, in order.
     *
     * @param connection is used for nothing else meanwhile; a transaction that is open on it goes on
     * @throws UnreadableEventException for an event that cannot be read; those before it have been handed over
     */
    public void read(Connection connection, long after, long upTo, Consumer<ScannedEvent> reader) throws SQLException {
        LogCopy.read(connection, after, upTo, row -> events(row).forEach(reader));
    }

    /**
     * Hands over all events of some streams, each stream in order and one after the other.
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

    /** One, or what upcasters make of one. */
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
