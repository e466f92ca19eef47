package dev.recount.eventstore.read;

import dev.recount.eventstore.database.SqlErrors;
import dev.recount.eventstore.serialization.EventRow;
import dev.recount.eventstore.serialization.RecountSerializer;
import dev.recount.eventstore.serialization.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.axonframework.eventhandling.DomainEventMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stores the newest snapshot of each stream. */
public final class SnapshotStore {

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotStore.class);

    /** Stores nothing if the log does not have the snapshot's event. */
    private static final String STORE = """
        INSERT INTO snapshot AS present (stream, sequence, type, revision, payload, recorded_at, leaf_hash, hash)
        SELECT
            given.stream, given.sequence, given.type, given.revision, given.payload, given.recorded_at,
            event.leaf_hash,
            snapshot_hash(given.stream, given.sequence, given.type, given.revision, given.payload, event.leaf_hash)
        FROM (VALUES (?::text, ?::bigint, ?::text, ?::integer, ?::jsonb, ?::timestamptz))
            AS given (stream, sequence, type, revision, payload, recorded_at)
        JOIN event_log AS event ON event.stream = given.stream AND event.sequence = given.sequence
        ON CONFLICT (stream) DO UPDATE
        SET sequence = excluded.sequence,
            type = excluded.type,
            revision = excluded.revision,
            payload = excluded.payload,
            recorded_at = excluded.recorded_at,
            leaf_hash = excluded.leaf_hash,
            hash = excluded.hash
        WHERE present.sequence < excluded.sequence OR present.type <> excluded.type
            OR present.revision <> excluded.revision
        """;

    private static final String READ = """
        SELECT sequence, type, revision, payload::text, recorded_at, fits
        FROM checked_snapshot
        WHERE stream = ?
        """;

    private static final String DROP_UNFIT = """
        DELETE FROM snapshot
        WHERE stream = ? AND EXISTS (
            SELECT FROM checked_snapshot AS checked
            WHERE checked.stream = snapshot.stream AND NOT checked.fits
        )
        """;

    /** Placeholder for the position in a snapshot's row, because a snapshot has no position in the log. */
    static final long NO_POSITION = 0;

    private static final UUID NO_EVENT = new UUID(0, 0);

    private final DataSource dataSource;
    private final RecountSerializer serializer;

    public SnapshotStore(DataSource dataSource, RecountSerializer serializer) {
        this.dataSource = dataSource;
        this.serializer = serializer;
    }

    public void store(DomainEventMessage<?> snapshot) {
        StoredEvent stored = StoredEvent.of(snapshot, serializer);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement statement = connection.prepareStatement(STORE)) {
            statement.setString(1, stored.stream());
            statement.setLong(2, stored.sequence());
            statement.setString(3, stored.type());
            statement.setInt(4, stored.revision());
            statement.setString(5, stored.payload());
            statement.setObject(6, stored.recordedAt().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        } catch (SQLException e) {
            throw SqlErrors.translate("Storing a snapshot of " + stored.stream(), e);
        }
    }

    /**
     * Reads the snapshot of a stream. A snapshot of an older revision is skipped, because the stream itself is
     * complete. A snapshot that does not fit its stream, or was changed since it was stored, is dropped.
     */
    public Optional<EventRow> read(String stream) {
        try (Connection connection = dataSource.getConnection()) {
            try (PreparedStatement statement = connection.prepareStatement(READ)) {
                statement.setString(1, stream);
                try (ResultSet row = statement.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    if (row.getBoolean(6)) {
                        return Optional.of(row(stream, row)).filter(this::isOfToday);
                    }
                }
            }
            drop(stream, connection);
            return Optional.empty();
        } catch (SQLException e) {
            throw SqlErrors.translate("Reading the snapshot of " + stream, e);
        }
    }

    private static void drop(String stream, Connection connection) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(DROP_UNFIT)) {
            delete.setString(1, stream);
            if (delete.executeUpdate() > 0) {
                LOG.warn(
                        "The snapshot of {} does not fit its stream, or was changed. It is dropped, and the stream is"
                                + " read from its first event.",
                        stream);
            }
        }
    }

    private static EventRow row(String stream, ResultSet row) throws SQLException {
        return new EventRow(
                NO_POSITION,
                new StoredEvent(
                        stream,
                        row.getLong(1),
                        NO_EVENT,
                        row.getString(2),
                        row.getInt(3),
                        row.getString(4),
                        "{}",
                        row.getObject(5, OffsetDateTime.class).toInstant()));
    }

    private boolean isOfToday(EventRow snapshot) {
        return serializer.writes(snapshot.event().type(), snapshot.event().revision());
    }
}
