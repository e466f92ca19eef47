package dev.recount.query.checkpoint;

import dev.recount.query.projection.Projection;
import dev.recount.query.rows.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The position of each projection in the log, written in the same commit as the rows derived from it.
 *
 * <p>The position decides which events have been applied, and the lock on its row decides which transaction may apply
 * more. A batch takes the lock by moving the position. Work that needs the projection to stand still takes it with
 * {@code FOR UPDATE}.
 */
public final class Checkpoints {

    /**
     * In events. On a longer log a new projection is first filled beside the others, and stays at generation 0 until
     * then.
     */
    private static final long SHORT_LOG = 5_000;

    private static final String REGISTER = """
        INSERT INTO projection (name, version, generation, position, updated_at)
        SELECT ?, ?, CASE WHEN coalesce(max(position), 0) <= ? THEN 1 ELSE 0 END, 0, now()
        FROM event_log
        ON CONFLICT (name) DO NOTHING
        """;
    private static final String VERSION = """
        SELECT version
        FROM projection
        WHERE name = ?
        """;
    private static final String POSITIONS = """
        SELECT name, position, ahead_of
        FROM projection
        WHERE name = ANY (?) AND generation > 0
        """;

    /**
     * Commits without waiting for the disk: a crash loses rows and position together, and the log still has the events.
     *
     * <p>Skips a projection whose rows were written by a later version; the nodes with that version apply its events.
     * Skips a projection that has applied another event than the log has at its position. Skips a projection whose row
     * is locked, perhaps by a stalled node, so that no other projection waits for it.
     */
    private static final String ADVANCE = """
        SET LOCAL synchronous_commit = off;
        SET LOCAL lock_timeout = '500ms';
        UPDATE projection
        SET position = reached.position, last_event = reached.event_id, updated_at = now()
        FROM (
            SELECT projection.name
            FROM projection
            JOIN unnest(?, ?) AS known (name, version) ON projection.name = known.name
            WHERE projection.version <= known.version
              AND projection.generation > 0
              AND projection.position = ?
              AND projection.ahead_of IS NULL
              AND (projection.last_event IS NULL
                  OR projection.last_event = (SELECT event_id FROM event_log WHERE position = ?))
            FOR NO KEY UPDATE OF projection SKIP LOCKED
        ) AS free,
            (SELECT position, event_id FROM event_log WHERE position = ?) AS reached
        WHERE projection.name = free.name
        RETURNING
            projection.name,
            EXISTS (SELECT FROM dead_letter WHERE dead_letter.projection = projection.name) AS has_dead_letters
        """;

    private static final String HOLD = """
        SELECT position
        FROM projection
        WHERE name = ?
        FOR UPDATE
        """;

    /** Random, so that no epoch repeats after a crash, a fail-over or a restored backup undoes this one. */
    private static final String REVISE = """
        UPDATE projection
        SET edition = edition + (1 + random() * 1000000000)::bigint
        WHERE name = ?
        """;

    /**
     * The projections that were moved, and those among them that have dead letters.
     *
     * @param since moment of the read sessions before the transaction
     */
    public record Advance(Set<String> moved, Set<String> withDeadLetters, long since) {}

    private Checkpoints() {}

    public static void register(Connection connection, Projection projection) throws SQLException {
        try (var insert = connection.prepareStatement(REGISTER)) {
            insert.setString(1, projection.name());
            insert.setInt(2, projection.version());
            insert.setLong(3, SHORT_LOG);
            insert.executeUpdate();
        }
    }

    public static int storedVersion(Connection connection, String name) throws SQLException {
        try (var select = connection.prepareStatement(VERSION)) {
            select.setString(1, name);
            try (var row = select.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    /**
     * The position of a projection.
     *
     * @param aheadOf end of the log when the projection was found to be ahead of it; null if it is not
     */
    public record Place(long position, @Nullable Long aheadOf) {}

    /** The positions of those projections that have been filled, by name. */
    public static Map<String, Place> places(Connection connection, Collection<String> names) throws SQLException {
        try (var select = connection.prepareStatement(POSITIONS)) {
            select.setArray(1, new Columns<>(connection, names).texts(name -> name));
            try (var row = select.executeQuery()) {
                var places = new HashMap<String, Place>();
                while (row.next()) {
                    places.put(row.getString(1), new Place(row.getLong(2), row.getObject(3, Long.class)));
                }
                return places;
            }
        }
    }

    /**
     * Moves the projections that are at {@code from} and not locked by another transaction. Their rows stay locked
     * until this transaction ends.
     */
    public static Advance advance(
            Connection connection, Collection<Projection> projections, long from, long to, long since)
            throws SQLException {
        var columns = new Columns<>(connection, projections);
        try (var update = connection.prepareStatement(ADVANCE)) {
            update.setArray(1, columns.texts(Projection::name));
            update.setArray(2, columns.bigints(projection -> (long) projection.version()));
            update.setLong(3, from);
            update.setLong(4, from);
            update.setLong(5, to);
            update.execute();
            update.getMoreResults();
            update.getMoreResults();
            try (var row = update.getResultSet()) {
                var moved = new HashSet<String>();
                var withDeadLetters = new HashSet<String>();
                while (row.next()) {
                    moved.add(row.getString(1));
                    if (row.getBoolean(2)) {
                        withDeadLetters.add(row.getString(1));
                    }
                }
                return new Advance(moved, withDeadLetters, since);
            }
        }
    }

    /**
     * Changes the epoch of a projection that is held, because its rows change other than by applying further events.
     */
    public static void revise(Connection connection, String name) throws SQLException {
        try (var update = connection.prepareStatement(REVISE)) {
            update.setString(1, name);
            update.executeUpdate();
        }
    }

    /** Locks the projection at its position until the transaction ends, and returns that position. */
    public static long hold(Connection connection, String name) throws SQLException {
        try (var select = connection.prepareStatement(HOLD)) {
            select.setString(1, name);
            try (var row = select.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalArgumentException("no projection " + name);
                }
                return row.getLong(1);
            }
        }
    }
}
