package dev.recount.query.daemon;

import dev.recount.query.projection.Projection;
import dev.recount.query.projection.Transactions;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps PostgreSQL's statistics up to date while the tables grow.
 *
 * <p>PostgreSQL keeps plans that it made while the tables were small, and detects growth only once a minute. Until then
 * an import would make every read scan a hundred thousand rows.
 */
final class PlannerStatistics {

    /** In events; below this a sequential scan costs nothing. */
    private static final long FIRST = 500;

    /** Only the sizes and the shares of the few statuses matter here; autovacuum collects finer statistics later. */
    private static final String ANALYZE = "SET LOCAL default_statistics_target = 10; ANALYZE ";

    private final Transactions transactions;
    private final Map<String, Long> analyzedAt = new HashMap<>();

    PlannerStatistics(Transactions transactions) {
        this.transactions = transactions;
    }

    void keepUp(Projection projection, long position) {
        var before = analyzedAt.getOrDefault(projection.name(), FIRST / 2);
        if (position >= 2 * before || position < before / 2) {
            analyzedAt.put(projection.name(), Math.max(position, FIRST / 2));
            transactions.run(connection -> {
                try (var analyze = connection.createStatement()) {
                    return analyze.execute(ANALYZE + String.join(", ", projection.tables()));
                }
            });
        }
    }
}
