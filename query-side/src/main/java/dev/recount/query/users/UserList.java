package dev.recount.query.users;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads users, newest first. */
@Component
final class UserList {

    private static final String SELECT_ONE = """
        SELECT id, username, display_name, created_at
        FROM user_row
        WHERE id = ?
        """;

    private final JdbcClient database;

    /** The users of one page and the total count. */
    record Slice(long count, List<UserBody> users) {}

    UserList(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    Slice slice(long offset, int limit) {
        // The limit is part of the SQL text for the same reason as in the list of issues.
        var sql = """
            SELECT counted.count, page.*
            FROM (SELECT coalesce((SELECT count FROM user_count WHERE scope = ?), 0) AS count) AS counted
            LEFT JOIN LATERAL (
                SELECT id, username, display_name, created_at
                FROM user_row
                WHERE ? < counted.count
                ORDER BY created_at DESC, id DESC
                LIMIT %d %s
            ) AS page ON true
            ORDER BY page.created_at DESC, page.id DESC
            """.formatted(limit, offset > 0 ? "OFFSET ?" : "");
        var parameters = new ArrayList<Object>(List.of(UserProjection.ALL, offset));
        if (offset > 0) {
            parameters.add(offset);
        }
        return database.sql(sql).params(parameters).query(UserList::sliceOf);
    }

    Optional<UserBody> find(long id) {
        return database.sql(SELECT_ONE)
                .param(id)
                .query((row, number) -> user(row, 1))
                .optional();
    }

    private static Slice sliceOf(ResultSet row) throws SQLException {
        var count = 0L;
        var users = new ArrayList<UserBody>();
        while (row.next()) {
            count = row.getLong(1);
            if (row.getObject(2) != null) {
                users.add(user(row, 2));
            }
        }
        return new Slice(count, users);
    }

    private static UserBody user(ResultSet row, int first) throws SQLException {
        return new UserBody(
                row.getLong(first),
                row.getString(first + 1),
                row.getString(first + 2),
                row.getObject(first + 3, OffsetDateTime.class).toInstant());
    }
}
