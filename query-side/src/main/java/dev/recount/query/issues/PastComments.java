package dev.recount.query.issues;

import dev.recount.events.IssueEvent.IssueCommented;
import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads the comments that an issue had in the past. */
@Component
final class PastComments {

    /** Returns at least one row if the issue exists. No row means that it was withdrawn since. */
    private static final String SELECT = """
        SELECT comment.id, body, author, comment.created_at
        FROM issue_row AS issue
        LEFT JOIN issue_comment AS comment
            ON comment.issue_id = issue.id AND comment.sequence > :after AND comment.sequence <= :upTo
        WHERE issue.id = :issue
        ORDER BY comment.sequence
        """;

    private final JdbcClient database;
    private final EventLog log;

    PastComments(DataSource dataSource, EventLog log) {
        this.database = JdbcClient.create(dataSource);
        this.log = log;
    }

    /** The comments after one event of the issue up to another, oldest first. */
    List<IssuePage.Comment> of(long issue, long afterSequence, long upToSequence) {
        return database.sql(SELECT)
                .param("issue", issue)
                .param("after", afterSequence)
                .param("upTo", upToSequence)
                .query(row -> row.next() ? Optional.of(comments(row)) : Optional.<List<IssuePage.Comment>>empty())
                .orElseGet(() -> fromLog(issue, afterSequence, upToSequence));
    }

    private static List<IssuePage.Comment> comments(ResultSet row) throws SQLException {
        var comments = new ArrayList<IssuePage.Comment>();
        do {
            var id = row.getLong(1);
            if (!row.wasNull()) {
                var at = row.getObject(4, OffsetDateTime.class).toInstant();
                comments.add(new IssuePage.Comment(id, row.getString(2), row.getString(3), at));
            }
        } while (row.next());
        return comments;
    }

    /** If the issue was withdrawn, only the log still has its comments. */
    private List<IssuePage.Comment> fromLog(long issue, long afterSequence, long upToSequence) {
        var comments = new ArrayList<IssuePage.Comment>();
        for (var message : log.readStream(StreamName.issue(issue), afterSequence + 1)) {
            if (message.getSequenceNumber() <= upToSequence && message.getPayload() instanceof IssueCommented comment) {
                comments.add(new IssuePage.Comment(
                        comment.commentId(), comment.body(), comment.username(), message.getTimestamp()));
            }
        }
        return comments;
    }
}
