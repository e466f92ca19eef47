package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Which projections this node works for; every other node leaves them alone while the claim is renewed.
 *
 * <p>A claim only saves work. That nothing is applied twice follows from the positions, also when a node sleeps through
 * the end of its claim.
 */
final class ProjectionClaims {

    static final Duration RENEWAL = Duration.ofSeconds(1);

    /** A node that is only slow loses nothing but the work by losing its claims. */
    private static final Duration TERM = RENEWAL.multipliedBy(3);

    private static final String CLAIM = """
        INSERT INTO projection_claim (projection, node, claimed_until)
        SELECT name, ?, now() + ? * INTERVAL '1 millisecond'
        FROM unnest(?) AS wanted (name)
        ORDER BY name
        ON CONFLICT (projection) DO UPDATE
        SET node = excluded.node, claimed_until = excluded.claimed_until
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

    ProjectionClaims(Transactions transactions) {
        this.transactions = transactions;
    }

    boolean holds(String projection) {
        return held.contains(projection);
    }

    Set<String> held() {
        return held;
    }

    /** Renews what is held and takes what nobody holds any more. */
    void renew(Collection<String> projections) {
        held = transactions.run(connection -> claim(connection, projections));
    }

    private Set<String> claim(Connection connection, Collection<String> projections) throws SQLException {
        try (var claim = connection.prepareStatement(CLAIM)) {
            claim.setObject(1, node);
            claim.setLong(2, TERM.toMillis());
            claim.setArray(3, new Columns<>(connection, projections).texts(name -> name));
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
