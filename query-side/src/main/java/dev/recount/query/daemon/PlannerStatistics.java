package dev.recount.query.daemon;

import dev.recount.query.projection.Projection;
import dev.recount.query.projection.Transactions;
import java.util.HashMap;
import java.util.Map;

/**
 * Keeps what PostgreSQL knows of the tables' sizes in step with their growth.
 *
 * <p>It keeps the plans that it made while the tables were small, and looks for growth by itself only once a minute: in
 * that time an import would have every read scan a hundred thousand rows.
 */
final class PlannerStatistics {

    /** In events; below this a scan costs nothing. */
    private static final long FIRST = 500;

    /** The sizes count, and the shares of the few statuses; PostgreSQL looks more closely by itself when it comes to it. */
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
