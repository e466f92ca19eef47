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
 * Recomputes every snapshot from the events of its stream, and reports those that say something else.
 *
 * <p>A read finds a snapshot that was mislaid or changed; only this finds one whose hash was made anew to match. Snapshots
 * of another revision than today's are not compared, since no command reads them.
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

    /** Makes a state of the state before an event, null before the first, and the event. */
    @FunctionalInterface
    public interface Fold {
        @Nullable
        Object next(@Nullable Object state, DomainEventMessage<?> event);
    }

    /** A snapshot that is not what it should be, and in what. */
    public record Difference(String stream, long sequence, String reason) {}

    /** How many snapshots were compared, and which of them differ. */
    public record Report(long snapshots, List<Difference> differences) {}

    private record Row(long sequence, String type, int revision, String payload, boolean fits) {}

    /**
     * Reads all snapshots and their streams; nothing is changed.
     *
     * @throws LogUnavailableException where the database does not answer
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

    /** Null for one that was dropped meanwhile. */
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
