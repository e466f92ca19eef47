package dev.recount.query.checkpoint;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The end of the log and the checkpoint of each projection by name, in one snapshot of the database. */
public record CheckpointSnapshot(long head, Map<String, ProjectionCheckpoint> checkpoints) {

    /** One statement for both, so that a projection whose position equals the head has applied every event. */
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
     * The row of a projection.
     *
     * @param position position of the last event that was applied
     * @param rowsEpoch changes whenever the rows change other than by applying further events
     * @param filled false during the first fill, while the projection has no rows to show
     * @param ahead whether it has applied events that the log does not have
     */
    public record ProjectionCheckpoint(long position, long rowsEpoch, boolean filled, boolean ahead) {}

    /** @throws AheadOfLogException if the projection has rows of events that the log does not have */
    public void requireInLog(String projection) {
        var checkpoint = of(projection);
        if (checkpoint.ahead()) {
            throw new AheadOfLogException(projection, checkpoint.position());
        }
    }

    /** @throws IllegalArgumentException if the projection is not registered */
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
