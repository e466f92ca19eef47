package dev.recount.query.daemon;

import dev.recount.query.checkpoint.AheadOfLogException;
import dev.recount.query.projection.Projection;
import dev.recount.query.rows.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the status of projections; needs a database, but no running node. */
public final class ProjectionStatuses {

    /**
     * Everything in one snapshot. So a projection at the head never appears as failing there, and one beyond the head
     * belongs to another log.
     */
    private static final String SELECT = """
        SELECT
            known.name,
            known.version,
            projection.version AS stored_version,
            coalesce(projection.generation, 0) AS generation,
            coalesce(projection.position, 0) AS position,
            projection.ahead_of,
            log.head,
            greatest(0, extract(epoch FROM now() - next.recorded_at))::double precision AS lag_seconds,
            coalesce(claim.node_name, claim.node::text) AS node,
            claim.failing_since,
            claim.failure,
            claim.failing_from,
            claim.failing_to,
            run.id AS rebuild,
            run.kind AS rebuild_kind,
            letters.refused,
            letters.waiting,
            projection.updated_at
        FROM unnest(?, ?) AS known (name, version)
        CROSS JOIN (SELECT coalesce(max(position), 0) AS head FROM event_log) AS log
        LEFT JOIN projection ON projection.name = known.name
        LEFT JOIN event_log AS next ON next.position = coalesce(projection.position, 0) + 1
        LEFT JOIN projection_claim AS claim ON claim.projection = known.name AND claim.claimed_until > now()
        LEFT JOIN LATERAL (
            SELECT id, kind
            FROM rebuild
            WHERE known.name = ANY (rebuild.projections) AND finished_at IS NULL
            ORDER BY id DESC
            LIMIT 1
        ) AS run ON true
        CROSS JOIN LATERAL (
            SELECT
                count(*) FILTER (WHERE cause IS NOT NULL) AS refused,
                count(*) FILTER (WHERE cause IS NULL) AS waiting
            FROM dead_letter
            WHERE dead_letter.projection = known.name
        ) AS letters
        ORDER BY known.name
        """;

    /** The kind of a run that replaces no tables. */
    private static final String VERIFICATION = "verification";

    private static final String ESTIMATES = """
        SELECT name, coalesce(pg_stat_get_live_tuples(to_regclass(name)), 0)
        FROM unnest(?) AS known (name)
        """;

    private ProjectionStatuses() {}

    /** The statuses, ordered by name. */
    public static List<ProjectionStatus> read(Connection connection, Collection<Projection> projections)
            throws SQLException {
        var tables = tables(connection, projections);
        var columns = new Columns<>(connection, projections);
        try (var select = connection.prepareStatement(SELECT)) {
            select.setArray(1, columns.texts(Projection::name));
            select.setArray(2, columns.bigints(projection -> (long) projection.version()));
            try (var row = select.executeQuery()) {
                var statuses = new ArrayList<ProjectionStatus>();
                while (row.next()) {
                    statuses.add(status(row, tables.getOrDefault(row.getString("name"), List.of())));
                }
                return statuses;
            }
        }
    }

    private static ProjectionStatus status(ResultSet row, List<ProjectionStatus.Table> tables) throws SQLException {
        var generation = row.getInt("generation");
        var node = row.getString("node");
        var ahead = isAhead(row);
        var failure = ahead ? aheadOfLog(row) : failure(row);
        return new ProjectionStatus(
                row.getString("name"),
                ahead ? ProjectionState.FAILING : state(generation, node, failure, row.getString("rebuild_kind")),
                row.getInt("version"),
                row.getObject("stored_version", Integer.class),
                generation,
                row.getLong("position"),
                row.getLong("head"),
                row.getDouble("lag_seconds"),
                node,
                failure,
                row.getObject("rebuild", Long.class),
                row.getLong("refused"),
                row.getLong("waiting"),
                instant(row, "updated_at"),
                tables);
    }

    private static ProjectionState state(
            int generation,
            @Nullable String node,
            ProjectionStatus.@Nullable Failure failure,
            @Nullable String rebuildKind) {
        if (generation == 0) {
            return ProjectionState.FILLING;
        }
        if (node == null) {
            return ProjectionState.UNATTENDED;
        }
        if (failure != null) {
            return ProjectionState.FAILING;
        }
        return rebuildKind == null || rebuildKind.equals(VERIFICATION)
                ? ProjectionState.LIVE
                : ProjectionState.REBUILDING;
    }

    private static boolean isAhead(ResultSet row) throws SQLException {
        return row.getObject("ahead_of") != null || row.getLong("position") > row.getLong("head");
    }

    /** Reported even if no node runs the projection, because only a rebuild helps. */
    private static ProjectionStatus.Failure aheadOfLog(ResultSet row) throws SQLException {
        var position = row.getLong("position");
        var logEnd = row.getObject("ahead_of") == null ? row.getLong("head") : row.getLong("ahead_of");
        return new ProjectionStatus.Failure(
                Objects.requireNonNull(instant(row, "updated_at")),
                row.getString("name") + " " + AheadOfLogException.explain(position, logEnd),
                Math.min(logEnd + 1, position),
                position);
    }

    private static ProjectionStatus.@Nullable Failure failure(ResultSet row) throws SQLException {
        var since = instant(row, "failing_since");
        return since == null
                ? null
                : new ProjectionStatus.Failure(
                        since, row.getString("failure"), row.getLong("failing_from"), row.getLong("failing_to"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** The tables of each projection, by projection name. */
    private static Map<String, List<ProjectionStatus.Table>> tables(
            Connection connection, Collection<Projection> projections) throws SQLException {
        var names = projections.stream()
                .flatMap(projection -> projection.tables().stream())
                .toList();
        var rows = new HashMap<String, Long>();
        try (var select = connection.prepareStatement(ESTIMATES)) {
            select.setArray(1, new Columns<>(connection, names).texts(name -> name));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    rows.put(row.getString(1), row.getLong(2));
                }
            }
        }
        var tables = new HashMap<String, List<ProjectionStatus.Table>>();
        for (var projection : projections) {
            tables.put(
                    projection.name(),
                    projection.tables().stream()
                            .map(name -> new ProjectionStatus.Table(name, rows.getOrDefault(name, 0L)))
                            .toList());
        }
        return tables;
    }
}
