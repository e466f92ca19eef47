package dev.recount.query.issues;

import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.query.rows.Columns;
import dev.recount.query.rows.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements of {@link IssueListProjection}: one per table and batch, whatever the number of rows. */
final class IssueTables {

    private static final String SELECT_STATES = """
        SELECT id, status, assignee, version, sequence
        FROM issue_row
        WHERE id = ANY (?)
        """;
    private static final RowTable<NewIssue> NEW_ISSUES = RowTable.of("issue_row", NewIssue.class, 1);

    /**
     * Not combined with the above into one upsert. So unchanged text is neither read nor written again, however long it
     * is.
     */
    private static final String UPDATE_ISSUES = """
        UPDATE issue_row
        SET title = coalesce(change.title, issue_row.title),
            description = coalesce(change.description, issue_row.description),
            status = change.status,
            assignee = change.assignee,
            version = change.version,
            updated_at = coalesce(change.updated_at, issue_row.updated_at),
            sequence = change.sequence
        FROM unnest(?, ?, ?, ?, ?, ?, ?, ?)
            AS change (id, title, description, status, assignee, version, updated_at, sequence)
        WHERE issue_row.id = change.id AND issue_row.sequence < change.sequence
        """;

    private static final RowTable<CommentRow> COMMENTS = RowTable.of("issue_comment", CommentRow.class, 2);

    private static final String DELETE_LABELS = """
        DELETE FROM issue_label
        WHERE issue_id = ANY (?)
        """;
    private static final String INSERT_LABELS = """
        INSERT INTO issue_label (issue_id, label_id, name)
        SELECT *
        FROM unnest(?, ?, ?)
        """;

    private static final List<String> DELETE_ISSUES = List.of(
            "DELETE FROM issue_row WHERE id = ANY (?)",
            "DELETE FROM issue_comment WHERE issue_id = ANY (?)",
            "DELETE FROM issue_label WHERE issue_id = ANY (?)");

    private record NewIssue(
            long id,
            String title,
            String description,
            IssueStatus status,
            @Nullable Long assignee,
            long version,
            Instant createdAt,
            Instant updatedAt,
            long sequence) {

        static NewIssue of(FoldedIssue issue) {
            var state = issue.after();
            return new NewIssue(
                    issue.id(),
                    Objects.requireNonNull(issue.title()),
                    Objects.requireNonNull(issue.description()),
                    state.status(),
                    state.assignee(),
                    state.version(),
                    Objects.requireNonNull(issue.createdAt()),
                    Objects.requireNonNull(issue.updatedAt()),
                    state.sequence());
        }
    }

    private record CommentRow(
            long issueId, long sequence, long id, long authorId, String author, String body, Instant createdAt) {

        static CommentRow of(FoldedIssue.Comment comment) {
            var event = comment.event();
            return new CommentRow(
                    comment.issueId(),
                    comment.sequence(),
                    event.commentId(),
                    event.author(),
                    event.username(),
                    event.body(),
                    comment.at());
        }
    }

    private record IssueLabel(long issueId, Label label) {}

    private IssueTables() {}

    /** The states of those issues that exist. */
    static Map<Long, IssueState> read(Connection connection, Collection<Long> ids) throws SQLException {
        var states = new HashMap<Long, IssueState>();
        try (var select = connection.prepareStatement(SELECT_STATES)) {
            select.setArray(1, new Columns<>(connection, ids).bigints(id -> id));
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    var assignee = row.getObject(3, Long.class);
                    states.put(
                            row.getLong(1),
                            new IssueState(IssueStatus.of(row.getString(2)), assignee, row.getLong(4), row.getLong(5)));
                }
            }
        }
        return states;
    }

    static void write(Connection connection, Collection<FoldedIssue> issues) throws SQLException {
        NEW_ISSUES.insert(
                connection,
                issues.stream().filter(FoldedIssue::isNew).map(NewIssue::of).toList());
        update(
                connection,
                issues.stream()
                        .filter(issue -> !issue.isNew() && !issue.isGone())
                        .toList());
        delete(connection, issues.stream().filter(FoldedIssue::isGone).toList());
        COMMENTS.insert(
                connection,
                issues.stream()
                        .flatMap(issue -> issue.comments().stream())
                        .map(CommentRow::of)
                        .toList());
        replaceLabels(
                connection,
                issues.stream().filter(issue -> issue.labels() != null).toList());
    }

    private static void update(Connection connection, List<FoldedIssue> changed) throws SQLException {
        if (changed.isEmpty()) {
            return;
        }
        var columns = new Columns<>(connection, changed);
        try (var update = connection.prepareStatement(UPDATE_ISSUES)) {
            update.setArray(1, columns.bigints(FoldedIssue::id));
            update.setArray(2, columns.texts(FoldedIssue::title));
            update.setArray(3, columns.texts(FoldedIssue::description));
            update.setArray(4, columns.texts(issue -> issue.after().status().wireName()));
            update.setArray(5, columns.bigints(issue -> issue.after().assignee()));
            update.setArray(6, columns.bigints(issue -> issue.after().version()));
            update.setArray(7, columns.instants(FoldedIssue::updatedAt));
            update.setArray(8, columns.bigints(issue -> issue.after().sequence()));
            var updated = update.executeUpdate();
            if (updated != changed.size()) {
                throw new IllegalStateException("%d of %d issues were changed concurrently"
                        .formatted(changed.size() - updated, changed.size()));
            }
        }
    }

    private static void delete(Connection connection, List<FoldedIssue> gone) throws SQLException {
        if (gone.isEmpty()) {
            return;
        }
        for (var sql : DELETE_ISSUES) {
            try (var delete = connection.prepareStatement(sql)) {
                delete.setArray(1, new Columns<>(connection, gone).bigints(FoldedIssue::id));
                delete.executeUpdate();
            }
        }
    }

    private static void replaceLabels(Connection connection, List<FoldedIssue> relabelled) throws SQLException {
        if (relabelled.isEmpty()) {
            return;
        }
        var labels = relabelled.stream()
                .flatMap(issue ->
                        Objects.requireNonNull(issue.labels()).stream().map(label -> new IssueLabel(issue.id(), label)))
                .toList();
        var columns = new Columns<>(connection, labels);
        try (var delete = connection.prepareStatement(DELETE_LABELS);
                var insert = connection.prepareStatement(INSERT_LABELS)) {
            delete.setArray(1, new Columns<>(connection, relabelled).bigints(FoldedIssue::id));
            delete.executeUpdate();
            insert.setArray(1, columns.bigints(IssueLabel::issueId));
            insert.setArray(2, columns.bigints(row -> row.label().id()));
            insert.setArray(3, columns.texts(row -> row.label().name()));
            insert.executeUpdate();
        }
    }
}
