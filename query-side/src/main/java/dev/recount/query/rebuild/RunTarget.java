package dev.recount.query.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * The position up to which a run must apply the log. For a swap this is the head, for a comparison the position of the
 * live tables.
 */
final class RunTarget {

    private final DataSource dataSource;
    private final RebuildKind kind;
    private final List<String> projections;
    private final RunProgress progress;

    RunTarget(DataSource dataSource, RebuildKind kind, List<String> projections, RunProgress progress) {
        this.dataSource = dataSource;
        this.kind = kind;
        this.projections = projections;
        this.progress = progress;
    }

    /** The target as of now. */
    long whole() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var target = kind == RebuildKind.VERIFICATION ? slowest(connection) : head(connection);
            progress.target(target);
            return target;
        }
    }

    /**
     * The position of the live tables is enough for a swap: under heavy writes they may be far from the head
     * themselves.
     */
    long live() throws SQLException {
        if (kind == RebuildKind.VERIFICATION) {
            return whole();
        }
        try (var connection = dataSource.getConnection()) {
            var furthest = 0L;
            for (var name : projections) {
                var checkpoint = StoredProjection.read(connection, name);
                furthest = Math.max(
                        furthest,
                        checkpoint.generation() == 0 || checkpoint.ahead() ? head(connection) : checkpoint.position());
            }
            progress.targetAtLeast(furthest);
            return furthest;
        }
    }

    private long slowest(Connection connection) throws SQLException {
        var slowest = Long.MAX_VALUE;
        for (var name : projections) {
            slowest = Math.min(slowest, StoredProjection.read(connection, name).position());
        }
        return slowest;
    }

    private static long head(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery("SELECT coalesce(max(position), 0) FROM event_log")) {
            row.next();
            return row.getLong(1);
        }
    }
}
