package dev.recount.query.issues;

import dev.recount.events.StreamName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads past states of single issues. */
@Component
final class PastIssues {

    /**
     * Finds the newest event of the issue up to the position. Between two states there may be any number of comments,
     * whose positions are those of their events. Positions rise along the issue's stream, so a binary search takes a
     * dozen steps among ten thousand comments.
     */
    private static final String SELECT = """
        WITH RECURSIVE state AS (
            SELECT *
            FROM issue_state
            WHERE issue_id = :issue AND %1$s
            ORDER BY from_position DESC
            LIMIT 1
        ),
        place AS (
            SELECT %2$s AS position, state.sequence AS low, %3$s AS high
            FROM state
            UNION ALL
            SELECT
                place.position,
                CASE WHEN event.position <= place.position THEN event.sequence ELSE place.low END,
                CASE WHEN event.position <= place.position THEN place.high ELSE event.sequence - 1 END
            FROM place
            JOIN event_log AS event ON event.stream = :stream AND event.sequence = (place.low + place.high + 1) / 2
            WHERE place.low < place.high
        )
        SELECT state.issue_id AS id, title, coalesce(description, '') AS description, %4$s,
            labels, withdrawn, place.position AS position, place.low AS sequence
        FROM state
        LEFT JOIN issue_description AS described
            ON described.issue_id = state.issue_id AND described.position = state.description_position
        JOIN place ON place.low >= place.high
        """;

    private static final String AT_POSITION = SELECT.formatted(
            "from_position <= :position",
            ":position::bigint",
            "(SELECT max(sequence) FROM event_log WHERE stream = :stream)",
            IssueBody.COLUMNS);

    private static final String AT_VERSION = SELECT.formatted(
            "version = :version AND edited", "state.from_position", "state.sequence", IssueBody.COLUMNS);

    private final JdbcClient database;

    PastIssues(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    /** The state at a position; empty if the issue did not exist yet. */
    Optional<PastState> at(long position, long issue) {
        return database.sql(AT_POSITION)
                .param("issue", issue)
                .param("stream", StreamName.issue(issue))
                .param("position", position)
                .query(PastIssues::state)
                .optional();
    }

    /** The state at a version; empty if the issue has not reached it. */
    Optional<PastState> atVersion(long version, long issue) {
        return database.sql(AT_VERSION)
                .param("issue", issue)
                .param("stream", StreamName.issue(issue))
                .param("version", version)
                .query(PastIssues::state)
                .optional();
    }

    private static PastState state(ResultSet row, int number) throws SQLException {
        return new PastState(
                IssueBody.read(row),
                LabelsJson.read(row.getString("labels")),
                row.getBoolean("withdrawn"),
                row.getLong("position"),
                row.getLong("sequence"));
    }
}
