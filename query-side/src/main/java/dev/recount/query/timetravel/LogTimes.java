package dev.recount.query.timetravel;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds positions of the log by time, and times by position. Results are exact, whatever the position of {@link
 * LogTimeProjection}.
 */
@Component
final class LogTimes {

    /** The longest prefix of the log in which every event was recorded at the time or before. */
    private static final String BY_TIME = """
        SELECT coalesce(later.position - 1, head.position), later.position IS NOT NULL
        FROM (SELECT coalesce(max(position), 0) AS position FROM event_log) AS head
        LEFT JOIN LATERAL (
            SELECT position
            FROM event_log
            WHERE recorded_at > :at
                AND position > coalesce((
                    SELECT position
                    FROM log_time
                    WHERE latest <= :at
                    ORDER BY latest DESC, position DESC
                    LIMIT 1
                ), 0)
            ORDER BY position
            LIMIT 1
        ) AS later ON true
        """;

    private static final String BY_POSITION = """
        WITH sample AS (
            SELECT position, latest
            FROM log_time
            WHERE position <= :position
            ORDER BY position DESC
            LIMIT 1
        )
        SELECT CASE WHEN :position <= (SELECT max(position) FROM event_log) THEN
            greatest((SELECT latest FROM sample), max(recorded_at))
        END
        FROM event_log
        WHERE position > coalesce((SELECT position FROM sample), 0) AND position <= :position
        """;

    private static final String LATEST = """
        SELECT greatest((SELECT max(latest) FROM log_time), max(recorded_at))
        FROM event_log
        WHERE position > coalesce((SELECT max(position) FROM log_time), 0)
        """;

    private final JdbcClient database;

    LogTimes(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    AsOf at(Instant time) {
        return database.sql(BY_TIME)
                .param("at", time.atOffset(ZoneOffset.UTC))
                .query((row, _) -> new AsOf(row.getLong(1), time, row.getBoolean(2)))
                .single();
    }

    /** The moment at a position; empty if the log does not have it. */
    Optional<AsOf> at(long position) {
        return database.sql(BY_POSITION)
                .param("position", position)
                .query(LogTimes::time)
                .single()
                .map(time -> new AsOf(position, time, true));
    }

    /** The latest time of all events; empty for an empty log. */
    Optional<Instant> latest() {
        return database.sql(LATEST).query(LogTimes::time).single();
    }

    private static Optional<Instant> time(ResultSet row, int number) throws SQLException {
        return Optional.ofNullable(row.getObject(1, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }
}
