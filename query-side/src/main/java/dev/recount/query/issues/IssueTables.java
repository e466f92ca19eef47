package dev.recount.query.issues;

import dev.recount.events.IssuePriority;
import dev.recount.events.IssueStatus;
import dev.recount.events.Label;
import dev.recount.query.rows.Columns;
import dev.recount.query.rows.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements of {@link IssueListProjection}: one per table and batch, whatever the number of rows. */
final class IssueTables {

    private static final RowTable<IssueState> STATES = RowTable.of("issue_row", IssueState.class, 1);
    private static final RowTable<WrittenIssue> ISSUES = RowTable.of("issue_row", WrittenIssue.class, 1);

    /** Not an upsert. So unchanged text is neither read nor written again, however long it is. */
    private static final String UPDATE_ISSUES = """
        UPDATE issue_row
        SET title = coalesce(change.title, issue_row.title),
            description = coalesce(change.description, issue_row.description),
            status = change.status,
            assignee = change.assignee,
            priority = change.priority,
            version = change.version,
            updated_at = coalesce(change.updated_at, issue_row.updated_at),
            sequence = change.sequence
        FROM %s
        WHERE issue_row.id = change.id AND issue_row.sequence < change.sequence
        """.formatted(ISSUES.rowsAs("change"));

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

    /** A new issue, or the changes to one: a text or time that is null stays as it is. */
    private record WrittenIssue(
            long id,
            @Nullable String title,
            @Nullable String description,
            IssueStatus status,
            @Nullable Long assignee,
            IssuePriority priority,
            long version,
            @Nullable Instant createdAt,
            @Nullable Instant updatedAt,
            long sequence) {

        static WrittenIssue of(FoldedIssue issue) {
            var state = issue.after();
            return new WrittenIssue(
                    issue.id(),
                    issue.title(),
                    issue.description(),
                    state.status(),
                    state.assignee(),
                    state.priority(),
                    state.version(),
                    issue.createdAt(),
                    issue.updatedAt(),
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
        return STATES.read(connection, ids);
    }

    static void write(Connection connection, Collection<FoldedIssue> issues) throws SQLException {
        ISSUES.insert(
                connection,
                issues.stream().filter(FoldedIssue::isNew).map(WrittenIssue::of).toList());
        update(
                connection,
                issues.stream()
                        .filter(issue -> !issue.isNew() && !issue.isGone())
                        .map(WrittenIssue::of)
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

    private static void update(Connection connection, List<WrittenIssue> changed) throws SQLException {
        var updated = ISSUES.write(connection, UPDATE_ISSUES, changed);
        if (updated != changed.size()) {
            throw new IllegalStateException(
                    "%d of %d issues were changed concurrently".formatted(changed.size() - updated, changed.size()));
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
