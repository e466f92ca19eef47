package dev.recount.eventstore.axon;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.tree.CanonicalJson;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Recomputes every snapshot from the events of its stream and reports those that differ.
 *
 * <p>A read detects a snapshot that was changed or stored under another stream. Only this detects one whose hash was
 * recomputed to match. Snapshots of an older revision are not compared, since no command reads them.
 */
public final class SnapshotVerification {

    private static final int NAMES = 1_000;

    private static final String NEXT = """
        SELECT stream
        FROM snapshot
        WHERE stream > :last
        ORDER BY stream
        LIMIT :limit
        """;

    private static final String READ = """
        SELECT sequence, type, revision, payload::text AS payload, fits
        FROM checked_snapshot
        WHERE stream = :stream
        """;

    private final JdbcClient database;
    private final EventLog log;
    private final RecountSerializer serializer;

    public SnapshotVerification(DataSource dataSource, EventLog log, RecountSerializer serializer) {
        this.database = JdbcClient.create(dataSource);
        this.log = log;
        this.serializer = serializer;
    }

    /** Applies an event to a state. The state before the first event is null. */
    @FunctionalInterface
    public interface Fold {
        @Nullable
        Object next(@Nullable Object state, DomainEventMessage<?> event);
    }

    /** A snapshot that differs from its stream, and the reason. */
    public record Difference(String stream, long sequence, String reason) {}

    /** The number of snapshots compared, and those that differ. */
    public record Report(long snapshots, List<Difference> differences) {}

    private record Row(long sequence, String type, int revision, String payload, boolean fits) {}

    /**
     * Reads all snapshots and their streams without changing anything.
     *
     * @throws LogUnavailableException if the database does not respond
     */
    public Report verify(Fold fold) {
        List<Difference> differences = new ArrayList<>();
        long compared = 0;
        List<String> streams = after("");
        while (!streams.isEmpty()) {
            for (String stream : streams) {
                Row row = read(stream);
                if (row != null && serializer.writes(row.type(), row.revision())) {
                    compared++;
                    String reason = reason(stream, row, fold);
                    if (reason != null) {
                        differences.add(new Difference(stream, row.sequence(), reason));
                    }
                }
            }
            streams = after(streams.getLast());
        }
        return new Report(compared, differences);
    }

    private List<String> after(String last) {
        return database.sql(NEXT)
                .param("last", last)
                .param("limit", NAMES)
                .query((row, number) -> row.getString(1))
                .list();
    }

    /** Null if the snapshot was dropped in the meantime. */
    private @Nullable Row read(String stream) {
        return database.sql(READ)
                .param("stream", stream)
                .query((row, number) -> new Row(
                        row.getLong("sequence"),
                        row.getString("type"),
                        row.getInt("revision"),
                        row.getString("payload"),
                        row.getBoolean("fits")))
                .optional()
                .orElse(null);
    }

    private @Nullable String reason(String stream, Row row, Fold fold) {
        Object state = null;
        long last = -1;
        Iterator<DomainEventMessage<?>> events = log.streamFrom(stream, 0).iterator();
        while (last < row.sequence() && events.hasNext()) {
            DomainEventMessage<?> event = events.next();
            state = fold.next(state, event);
            last = event.getSequenceNumber();
        }
        if (last < row.sequence()) {
            return "the stream ends at sequence " + last;
        }
        if (state == null || !written(state).equals(CanonicalJson.of(row.payload()))) {
            return "its events lead to another state";
        }
        return row.fits() ? null : "it does not carry the hash of its event, or not its own";
    }

    private String written(Object state) {
        return serializer.serialize(state, String.class).getData();
    }
}
