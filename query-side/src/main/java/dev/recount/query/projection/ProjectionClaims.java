package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which projections this node works for; every other node leaves them alone while the claim is renewed.
 *
 * <p>A claim only saves work. That nothing is applied twice follows from the positions, also when a node sleeps through
 * the end of its claim. Beside it stands why the projection does not go on, so that every node can tell.
 */
final class ProjectionClaims {

    static final Duration RENEWAL = Duration.ofSeconds(1);

    /** A node that is only slow loses nothing but the work by losing its claims. */
    private static final Duration TERM = RENEWAL.multipliedBy(3);

    private static final String CLAIM = """
        INSERT INTO projection_claim (
            projection, node, node_name, claimed_until, failing_since, failure, failing_from, failing_to
        )
        SELECT name, ?, ?, now() + ? * INTERVAL '1 millisecond', failing_since::timestamptz, failure, failing_from, failing_to
        FROM unnest(?, ?, ?, ?, ?) AS wanted (name, failing_since, failure, failing_from, failing_to)
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

    /** Renews what is held, with what is wrong with it, and takes what nobody holds any more. */
    void renew(Collection<LiveProjection> projections) {
        held = transactions.run(connection -> claim(connection, projections));
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
            claim.setObject(1, node);
            claim.setString(2, NodeName.here());
            claim.setLong(3, TERM.toMillis());
            claim.setArray(4, columns.texts(Report::projection));
            claim.setArray(5, columns.instants(report -> report.of(ProjectionFailure::since)));
            claim.setArray(6, columns.texts(report -> report.of(failure -> Poison.causeOf(failure.cause()))));
            claim.setArray(7, columns.bigints(report -> report.of(ProjectionFailure::firstPosition)));
            claim.setArray(8, columns.bigints(report -> report.of(ProjectionFailure::lastPosition)));
            try (var row = claim.executeQuery()) {
                var claimed = new HashSet<String>();
                while (row.next()) {
                    claimed.add(row.getString(1));
                }
                return Set.copyOf(claimed);
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
