package dev.recount.query.rebuild;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/**
 * How far a run has to apply the log: to its head where the generation takes the place of the live tables, or no further
 * than those stand where it is compared with them.
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

    /** All that there is now. */
    long whole() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            var target = kind == RebuildKind.VERIFICATION ? slowest(connection) : head(connection);
            progress.target(target);
            return target;
        }
    }

    /** Where the live tables are suffices: under a heavy load of writes they may be far from the head themselves. */
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
