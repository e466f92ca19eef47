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
 * The projections that this node runs. Other nodes leave them alone while the claim is renewed, unless they have fewer
 * than their share.
 *
 * <p>A claim only saves work. Positions ensure that no event is applied twice, even if a node sleeps past the end of
 * its claim. A claim also stores why its projection fails, so that every node can report it.
 */
final class ProjectionClaims {

    static final Duration RENEWAL = Duration.ofMillis(750);

    /** If a slow node loses its claims, it loses nothing but the work. */
    private static final Duration TERM = RENEWAL.multipliedBy(3);

    /** Skips claims that another transaction has locked, perhaps on a stalled node, instead of waiting for them. */
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

    /** Also skips claims that another node is taking or renewing at this moment. */
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

    /** Random, because the process id is 1 in every container. */
    private final UUID node = UUID.randomUUID();

    private final Transactions transactions;
    private volatile Set<String> held = Set.of();

    /** The content of a claim that other nodes read. */
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
     * Renews the held claims and their failures. Then takes claims that no node holds any more, and claims from nodes
     * that have more than their share.
     *
     * <p>Claims locked by other transactions are left for the next time. A node learns that it lost a claim when it
     * renews. Until then two nodes run the projection, and the lock on its row admits one of them at a time. So no read
     * waits longer than before.
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
        // Includes claims that could not be renewed because another transaction has locked their rows.
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
        // Each failure is read only once, because it may change while the columns are built.
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

    /** Releases all claims, so that another node can take them immediately. */
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
