package dev.recount.query.generations;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The events behind a row, derived from its column names. They are the events of the stream of {@code issue_id}, or of
 * {@code id} if the table name begins with a kind of stream. For other rows, such as counters, they are all events that
 * could have changed the row, which are more than those that did.
 *
 * @param words description for operators
 * @param condition SQL condition on {@code event_log}
 */
record RowOrigin(String words, String condition, List<Object> parameters) {

    private static final int LISTED = 50;

    /** Finding a counter's events scans the whole log, so it is done for the first rows only. */
    private static final int SEARCHES = 10;

    private static final String STREAMS_OF_ASSIGNEE = """
        stream IN (
            SELECT stream
            FROM event_log
            WHERE type IN ('IssueCreated', 'IssueAssigned')
                AND ? IN (payload ->> 'assignee', payload ->> 'to', payload ->> 'from'))\
        """;

    static RowOrigin of(String table, @Nullable JsonNode row) {
        return stream(table, row)
                .map(stream -> new RowOrigin("stream " + stream, "stream = ?", List.of(stream)))
                .orElseGet(() -> counter(table, row));
    }

    private static Optional<String> stream(String table, @Nullable JsonNode row) {
        if (row == null) {
            return Optional.empty();
        }
        if (row.path("issue_id").isIntegralNumber()) {
            return Optional.of("issue-" + row.get("issue_id").asString());
        }
        var kind = kind(table);
        return row.path("id").isIntegralNumber() && List.of("issue", "user").contains(kind)
                ? Optional.of(kind + "-" + row.get("id").asString())
                : Optional.empty();
    }

    private static String kind(String table) {
        var end = table.indexOf('_');
        return end < 0 ? table : table.substring(0, end);
    }

    private static RowOrigin counter(String table, @Nullable JsonNode row) {
        var words = new ArrayList<String>();
        var conditions = new ArrayList<String>();
        var parameters = new ArrayList<>();
        var kind = kind(table).equals("user") ? "user" : "issue";
        words.add("events of " + kind + "s");
        conditions.add("stream LIKE '%s-%%'".formatted(kind));
        assignee(row).ifPresent(assignee -> {
            words.add("that were ever assigned to " + assignee);
            conditions.add(STREAMS_OF_ASSIGNEE);
            parameters.add(assignee);
        });
        day(row).ifPresent(day -> {
            words.add("on " + day);
            conditions.add("(recorded_at AT TIME ZONE 'UTC')::date = ?");
            parameters.add(day);
        });
        return new RowOrigin(String.join(" ", words), String.join(" AND ", conditions), parameters);
    }

    private static Optional<String> assignee(@Nullable JsonNode row) {
        if (row == null) {
            return Optional.empty();
        }
        if (row.path("assignee").isIntegralNumber()) {
            return Optional.of(row.get("assignee").asString());
        }
        // As in the counts of the list: status:open,assignee:1
        for (var part : row.path("scope").asString("").split(",", -1)) {
            if (part.startsWith("assignee:")) {
                return Optional.of(part.substring("assignee:".length()));
            }
        }
        return Optional.empty();
    }

    private static Optional<LocalDate> day(@Nullable JsonNode row) {
        var text = row == null ? "" : row.path("day").asString("");
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeParseException none) {
            return Optional.empty();
        }
    }

    /** @param before number of rows of the table that were already looked up */
    VerificationReport.Events events(Connection connection, long upTo, int before) throws SQLException {
        if (!condition.equals("stream = ?") && before >= SEARCHES) {
            return new VerificationReport.Events(words + " (not looked up)", List.of(), 0);
        }
        var sql = """
            WITH behind AS (
                SELECT position
                FROM event_log
                WHERE position <= ? AND (%s)
            )
            SELECT count(*), (
                SELECT array_agg(position ORDER BY position)
                FROM (SELECT position FROM behind ORDER BY position DESC LIMIT %d) AS newest
            )
            FROM behind
            """.formatted(condition, LISTED);
        try (var select = connection.prepareStatement(sql)) {
            var parameter = 0;
            select.setLong(++parameter, upTo);
            for (var value : parameters) {
                select.setObject(++parameter, value);
            }
            try (var row = select.executeQuery()) {
                row.next();
                var positions = row.getArray(2);
                return new VerificationReport.Events(
                        words, positions == null ? List.of() : List.of((Long[]) positions.getArray()), row.getLong(1));
            }
        }
    }
}
