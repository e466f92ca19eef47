package dev.recount.eventstore.read;

import dev.recount.eventstore.database.LogUnavailableException;
import dev.recount.eventstore.database.SqlErrors;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The identity of the log that positions belong to. A log that was set back to an earlier moment gets a new identity.
 *
 * <p>A node caches the identity. It checks the database at its start, after each reconnect, and every few seconds. A
 * check also verifies that the newest event known to this node is still in the log. If it is not, the log was set back
 * under the node, and the node renews the identity itself. A database that was restored while no node ran shows no sign
 * of it, so {@link #renew} is also a command.
 */
public final class LogIdentity {

    private static final Logger LOG = LoggerFactory.getLogger(LogIdentity.class);

    private static final int DIGITS = 12;

    private static final String LOOK = """
        SELECT identity.id, identity.renewed_at, clock_timestamp(), head.position, head.leaf_hash,
            (SELECT event.leaf_hash FROM event_log AS event WHERE event.position = ?)
        FROM log_identity AS identity
        LEFT JOIN LATERAL (
            SELECT event.position, event.leaf_hash
            FROM event_log AS event
            ORDER BY event.position DESC
            LIMIT 1
        ) AS head ON true
        """;

    private static final String RENEW = "SELECT id FROM renew_log_identity(?)";

    private final DataSource dataSource;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Known known;
    private final AtomicReference<@Nullable Witness> witness = new AtomicReference<>();
    private @Nullable Instant lastLook;

    /** An identity, and its digits that positions carry. */
    private record Known(UUID id, String token) {

        static Known of(UUID id) {
            return new Known(id, id.toString().replace("-", "").substring(0, DIGITS));
        }
    }

    /** The newest event that this node has seen in the log. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its content below
    private record Witness(long position, byte[] leafHash) {}

    /** The result of a check of the database. */
    @SuppressWarnings("ArrayRecordComponent") // compared by its content below
    private record Seen(
            UUID id,
            Instant renewedAt,
            Instant at,
            long head,
            byte @Nullable [] headHash,
            byte @Nullable [] witnessed) {}

    public LogIdentity(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    public UUID id() {
        return current().id();
    }

    /** The first twelve digits, which represent the identity in positions, ids of streams and entity tags. */
    public String token() {
        return current().token();
    }

    private Known current() {
        Known present = known;
        if (present == null) {
            look();
            present = known;
        }
        return Objects.requireNonNull(present);
    }

    /** Runs {@code listener} after each change of the identity, to drop caches of the former log. It must be quick. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Records an event of the log, by which a later check recognizes this log. */
    public void witness(long position, byte[] leafHash) {
        witness.set(new Witness(position, leafHash));
    }

    /**
     * Checks the database and returns the position of the newest event.
     *
     * @throws LogUnavailableException if it does not respond
     */
    synchronized long look() {
        Witness expected = witness.get();
        try (Connection connection = dataSource.getConnection()) {
            Seen seen = look(expected, connection);
            boolean setBack = expected != null && !Arrays.equals(expected.leafHash(), seen.witnessed());
            UUID id = seen.id();
            // Skip the renewal if another node has renewed the identity since this node's last check.
            if (setBack && (lastLook == null || !seen.renewedAt().isAfter(lastLook))) {
                LOG.warn(
                        "The log was set back: position {} holds another event, or none, than this node saw there."
                                + " It gets a new identity, and positions of the old one are refused.",
                        Objects.requireNonNull(expected).position());
                id = renew(seen.id(), connection);
            }
            lastLook = seen.at();
            if (setBack || expected == null || seen.head() > expected.position()) {
                rememberHead(expected, seen);
            }
            become(id);
            return seen.head();
        } catch (SQLException e) {
            throw SqlErrors.translate("Looking which log this is", e);
        }
    }

    /** Records the head as the newest known event, unless an append was faster. */
    private void rememberHead(@Nullable Witness replaced, Seen seen) {
        byte[] hash = seen.headHash();
        witness.compareAndSet(replaced, hash == null ? null : new Witness(seen.head(), hash));
    }

    private void become(UUID id) {
        Known before = known;
        if (before == null || !before.id().equals(id)) {
            known = Known.of(id);
            if (before != null) {
                LOG.warn("The log {} is now the log {}", before.token(), token());
                listeners.forEach(Runnable::run);
            }
        }
    }

    private static Seen look(@Nullable Witness expected, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LOOK)) {
            statement.setLong(1, expected == null ? 0 : expected.position());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Seen(
                        row.getObject(1, UUID.class),
                        row.getObject(2, OffsetDateTime.class).toInstant(),
                        row.getObject(3, OffsetDateTime.class).toInstant(),
                        row.getLong(4),
                        row.getBytes(5),
                        row.getBytes(6));
            }
        }
    }

    /** Returns the new identity, or the one that another node has set in the meantime. */
    private static UUID renew(UUID expected, Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(RENEW)) {
            statement.setObject(1, expected);
            try (ResultSet row = statement.executeQuery()) {
                if (row.next()) {
                    return row.getObject(1, UUID.class);
                }
            }
        }
        return look(null, connection).id();
    }

    /**
     * Gives the log of a database a new identity. Running nodes are notified immediately.
     *
     * @return the new identity
     */
    public static UUID renew(DataSource dataSource) throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return renew(look(null, connection).id(), connection);
        }
    }
}
