package dev.recount.query.daemon;

import dev.recount.query.deadletters.EventFaults;
import dev.recount.query.projection.Transactions;
import dev.recount.query.rows.Columns;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which projections this node works for; every other node leaves them alone while the claim is renewed, unless it has fewer
 * than its share.
 *
 * <p>A claim only saves work. That nothing is applied twice follows from the positions, also when a node sleeps through
 * the end of its claim. Beside it stands why the projection does not go on, so that every node can tell.
 */
final class ProjectionClaims {

    static final Duration RENEWAL = Duration.ofMillis(750);

    /** A node that is only slow loses nothing but the work by losing its claims. */
    private static final Duration TERM = RENEWAL.multipliedBy(3);

    /** Claims that another transaction holds, perhaps that of a node that stands still, are waited for by nobody. */
    private static final String CLAIM = """
        SET LOCAL lock_timeout = '500ms';
        WITH wanted AS (
            SELECT *
            FROM unnest(?, ?, ?, ?, ?) AS wanted (name, failing_since, failure, failing_from, failing_to)
        ),
        free AS (
            SELECT projection
            FROM projection_claim
            JOIN wanted ON projection = name
            WHERE node = ? OR claimed_until < now()
            FOR UPDATE OF projection_claim SKIP LOCKED
        )
        INSERT INTO projection_claim (
            projection, node, node_name, claimed_until, failing_since, failure, failing_from, failing_to
        )
        SELECT name, ?, ?, now() + ? * INTERVAL '1 millisecond', failing_since::timestamptz, failure, failing_from, failing_to
        FROM wanted
        WHERE name IN (SELECT projection FROM free)
           OR NOT EXISTS (SELECT FROM projection_claim WHERE projection = name)
        ORDER BY name
        ON CONFLICT (projection) DO UPDATE
        SET
            node = excluded.node,
            node_name = excluded.node_name,
            claimed_until = excluded.claimed_until,
            failing_since = excluded.failing_since,
            failure = excluded.failure,
            failing_from = excluded.failing_from,
            failing_to = excluded.failing_to
        WHERE projection_claim.node = excluded.node OR projection_claim.claimed_until < now()
        RETURNING projection
        """;

    private static final String CLAIMS = """
        SELECT projection, node
        FROM projection_claim
        WHERE claimed_until > now()
        """;

    /** Passes those by, too, that another node is taking or renewing at this moment. */
    private static final String TAKE_OVER = """
        UPDATE projection_claim
        SET
            node = ?,
            node_name = ?,
            claimed_until = now() + ? * INTERVAL '1 millisecond',
            failing_since = NULL,
            failure = NULL,
            failing_from = NULL,
            failing_to = NULL
        FROM (
            SELECT projection
            FROM projection_claim
            JOIN unnest(?, ?) AS wanted (name, holder) ON projection = name AND node = holder::uuid
            ORDER BY projection
            FOR UPDATE OF projection_claim SKIP LOCKED
        ) AS surplus
        WHERE projection_claim.projection = surplus.projection
        RETURNING projection_claim.projection
        """;

    private static final String RELEASE = """
        DELETE FROM projection_claim
        WHERE node = ?
        """;

    /** The process id, for one, is 1 in every container. */
    private final UUID node = UUID.randomUUID();

    private final Transactions transactions;
    private volatile Set<String> held = Set.of();

    /** What a claim tells the other nodes. */
    private record Report(String projection, @Nullable ProjectionFailure failure) {

        private <T> @Nullable T of(Function<ProjectionFailure, T> part) {
            return failure == null ? null : part.apply(failure);
        }
    }

    ProjectionClaims(Transactions transactions) {
        this.transactions = transactions;
    }

    boolean holds(String projection) {
        return held.contains(projection);
    }

    Set<String> held() {
        return held;
    }

    /**
     * Renews what is held, with what is wrong with it, and takes what nobody holds any more, and of what others hold what
     * they have more than their share.
     *
     * <p>What others' transactions hold is left for the next time. Who loses a claim learns of it when he renews. Until then two nodes work for the projection, and its row lets one
     * of them through at a time: so nobody who waits for it waits longer than before.
     */
    void renew(Collection<LiveProjection> projections) {
        var claimed = new HashSet<>(transactions.run(connection -> claim(connection, projections)));
        if (claimed.size() < projections.size()) {
            var known =
                    projections.stream().map(live -> live.projection().name()).collect(Collectors.toSet());
            claimed.addAll(transactions.run(connection -> takeShare(connection, known)));
        }
        held = Set.copyOf(claimed);
    }

    private Set<String> takeShare(Connection connection, Set<String> known) throws SQLException {
        var claims = claims(connection);
        // Those too that could not be renewed, because somebody else's transaction holds their rows.
        var own = known.stream().filter(name -> node.equals(claims.get(name))).collect(Collectors.toSet());
        var surplus = ClaimShares.surplus(node, claims, known);
        if (surplus.isEmpty()) {
            return own;
        }
        var columns = new Columns<>(connection, surplus.entrySet());
        try (var take = connection.prepareStatement(TAKE_OVER)) {
            take.setObject(1, node);
            take.setString(2, NodeName.here());
            take.setLong(3, TERM.toMillis());
            take.setArray(4, columns.texts(Map.Entry::getKey));
            take.setArray(5, columns.texts(claim -> claim.getValue().toString()));
            try (var row = take.executeQuery()) {
                own.addAll(names(row));
            }
            return own;
        }
    }

    private static Map<String, UUID> claims(Connection connection) throws SQLException {
        try (var select = connection.prepareStatement(CLAIMS);
                var row = select.executeQuery()) {
            var claims = new HashMap<String, UUID>();
            while (row.next()) {
                claims.put(row.getString(1), row.getObject(2, UUID.class));
            }
            return claims;
        }
    }

    private static Set<String> names(ResultSet row) throws SQLException {
        var names = new HashSet<String>();
        while (row.next()) {
            names.add(row.getString(1));
        }
        return names;
    }

    private Set<String> claim(Connection connection, Collection<LiveProjection> projections) throws SQLException {
        // Each failure is looked at once: it may come or go while the columns are made.
        var columns = new Columns<>(
                connection,
                projections.stream()
                        .map(live -> new Report(
                                live.projection().name(), live.failure().orElse(null)))
                        .toList());
        try (var claim = connection.prepareStatement(CLAIM)) {
            claim.setArray(1, columns.texts(Report::projection));
            claim.setArray(2, columns.instants(report -> report.of(ProjectionFailure::since)));
            claim.setArray(3, columns.texts(report -> report.of(failure -> EventFaults.causeOf(failure.cause()))));
            claim.setArray(4, columns.bigints(report -> report.of(ProjectionFailure::firstPosition)));
            claim.setArray(5, columns.bigints(report -> report.of(ProjectionFailure::lastPosition)));
            claim.setObject(6, node);
            claim.setObject(7, node);
            claim.setString(8, NodeName.here());
            claim.setLong(9, TERM.toMillis());
            claim.execute();
            claim.getMoreResults();
            try (var row = claim.getResultSet()) {
                return names(row);
            }
        }
    }

    /** Another node may go on at once. */
    void release() {
        held = Set.of();
        transactions.run(connection -> {
            try (var release = connection.prepareStatement(RELEASE)) {
                release.setObject(1, node);
                return release.executeUpdate();
            }
        });
    }
}
