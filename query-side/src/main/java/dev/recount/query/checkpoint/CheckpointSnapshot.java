package dev.recount.query.checkpoint;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Where the log ends and where each projection stands, by name, seen in one snapshot of the database. */
public record CheckpointSnapshot(long head, Map<String, ProjectionCheckpoint> checkpoints) {

    /** Both sides in one statement: a projection seen at the head has applied every event that was there. */
    private static final String SELECT = """
        SELECT
            name,
            position,
            edition,
            generation > 0 AS filled,
            ahead_of IS NOT NULL AS ahead,
            (SELECT coalesce(max(position), 0) FROM event_log) AS head
        FROM projection
        """;

    /**
     * A projection as its row has it.
     *
     * @param position of the last event that it has applied
     * @param rowsEpoch changes whenever its rows do otherwise than by going on in the log
     * @param filled false while it is filled for the first time, and has nothing to show until then
     * @param ahead whether it has applied events that the log does not have
     */
    public record ProjectionCheckpoint(long position, long rowsEpoch, boolean filled, boolean ahead) {}

    /** @throws AheadOfLogException for a projection with rows of events that the log does not have */
    public void requireInLog(String projection) {
        var checkpoint = of(projection);
        if (checkpoint.ahead()) {
            throw new AheadOfLogException(projection, checkpoint.position());
        }
    }

    /** @throws IllegalArgumentException for a projection that nobody registered */
    public ProjectionCheckpoint of(String projection) {
        var checkpoint = checkpoints.get(projection);
        if (checkpoint == null) {
            throw new IllegalArgumentException("no projection " + projection);
        }
        return checkpoint;
    }

    public static CheckpointSnapshot read(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(SELECT);
                var rows = select.executeQuery()) {
            var checkpoints = new HashMap<String, ProjectionCheckpoint>();
            var head = 0L;
            while (rows.next()) {
                head = rows.getLong(6);
                var position = rows.getLong(2);
                checkpoints.put(
                        rows.getString(1),
                        new ProjectionCheckpoint(
                                position, rows.getLong(3), rows.getBoolean(4), rows.getBoolean(5) || position > head));
            }
            return new CheckpointSnapshot(head, Map.copyOf(checkpoints));
        }
    }
}
