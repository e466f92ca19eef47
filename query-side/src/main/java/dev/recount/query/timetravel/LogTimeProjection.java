package dev.recount.query.timetravel;

import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/**
 * Stores the latest time of any event up to each thousandth position.
 *
 * <p>Several nodes write by their own clocks, so the times in the log are not quite monotonic. The latest time so far
 * is, and can be searched. It is read from the log, because refused events are missing from the batch.
 */
@Component
final class LogTimeProjection implements Projection {

    static final String NAME = "log-time";
    static final int STEP = 1_000;

    private static final String FILL_UP = """
        WITH known AS (
            SELECT coalesce(max(position), 0) AS position, max(latest) AS latest
            FROM log_time
        )
        INSERT INTO log_time (position, latest)
        SELECT sample.position, greatest(known.latest, max(part.latest) OVER (ORDER BY sample.position))
        FROM known
        CROSS JOIN generate_series(known.position + %1$d, ?, %1$d) AS sample (position)
        CROSS JOIN LATERAL (
            SELECT max(recorded_at) AS latest
            FROM event_log
            WHERE event_log.position > sample.position - %1$d AND event_log.position <= sample.position
        ) AS part
        """.formatted(STEP);

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int version() {
        return 1;
    }

    @Override
    public List<String> tables() {
        return List.of("log_time");
    }

    /** No read waits for it: missing times are looked up in the log. */
    @Override
    public Duration batchDelay() {
        return Duration.ofSeconds(1);
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var last = batch.getLast().position();
        if ((batch.getFirst().position() - 1) / STEP < last / STEP) {
            try (var insert = connection.prepareStatement(FILL_UP)) {
                insert.setLong(1, last);
                insert.executeUpdate();
            }
        }
    }
}
