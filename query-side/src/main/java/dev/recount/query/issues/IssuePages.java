package dev.recount.query.issues;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.recount.events.Label;
import dev.recount.query.consistency.BatchedReads;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads single issues. */
@Component
final class IssuePages {

    /** One statement, so that the row, its comments and its labels are consistent, as the entity tag promises. */
    private static final String SELECT = """
        SELECT id, title, description, %s, sequence,
            comment.ids AS comment_ids, bodies, authors, times,
            label.ids AS label_ids, names
        FROM issue_row AS issue,
        LATERAL (
            SELECT array_agg(id ORDER BY sequence) AS ids,
                array_agg(body ORDER BY sequence) AS bodies,
                array_agg(author ORDER BY sequence) AS authors,
                array_agg(created_at ORDER BY sequence) AS times
            FROM issue_comment
            WHERE issue_id = issue.id
        ) AS comment,
        LATERAL (
            SELECT array_agg(label_id ORDER BY name) AS ids, array_agg(name ORDER BY name) AS names
            FROM issue_label
            WHERE issue_id = issue.id
        ) AS label
        WHERE issue.id = ANY (?)
        """.formatted(IssueBody.COLUMNS);

    private final JdbcClient database;
    private final BatchedReads<Long, Found> reads = new BatchedReads<>(this::find);

    /** An issue with the sequence of its newest event. */
    record Found(IssuePage page, long sequence) {

        /** Changes with everything that the page shows, including comments and labels. */
        String revision() {
            return page.issue().version() + "." + sequence;
        }
    }

    IssuePages(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    Optional<Found> find(long id) {
        return reads.read(id);
    }

    private Map<Long, Found> find(Collection<Long> ids) {
        return database.sql(SELECT).param(ids.toArray(Long[]::new)).query(IssuePages::found).list().stream()
                .collect(toMap(found -> found.page().issue().id(), identity()));
    }

    private static Found found(ResultSet row, int number) throws SQLException {
        var page = new IssuePage(
                IssueBody.read(row),
                comments(
                        row.getArray("comment_ids"),
                        row.getArray("bodies"),
                        row.getArray("authors"),
                        row.getArray("times")),
                labels(row.getArray("label_ids"), row.getArray("names")));
        return new Found(page, row.getLong("sequence"));
    }

    private static List<IssuePage.Comment> comments(@Nullable Array ids, Array bodies, Array authors, Array times)
            throws SQLException {
        if (ids == null) {
            return List.of();
        }
        var id = (Long[]) ids.getArray();
        var body = (String[]) bodies.getArray();
        var author = (String[]) authors.getArray();
        var time = (Timestamp[]) times.getArray();
        return IntStream.range(0, id.length)
                .mapToObj(i -> new IssuePage.Comment(id[i], body[i], author[i], time[i].toInstant()))
                .toList();
    }

    private static List<Label> labels(@Nullable Array ids, Array names) throws SQLException {
        if (ids == null) {
            return List.of();
        }
        var id = (Long[]) ids.getArray();
        var name = (String[]) names.getArray();
        return IntStream.range(0, id.length)
                .mapToObj(i -> new Label(id[i], name[i]))
                .toList();
    }
}
