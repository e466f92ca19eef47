package dev.recount.query.users;

import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.query.projection.Columns;
import dev.recount.query.projection.Counts;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Every user, as registered. */
@Component
final class UserProjection implements Projection {

    static final String NAME = "user-list";

    static final String ALL = "all";

    private static final String INSERT = """
        INSERT INTO user_row (id, username, display_name, created_at)
        SELECT *
        FROM unnest(?, ?, ?, ?)
        ON CONFLICT (id) DO NOTHING
        """;

    private record Row(UserRegistered user, Instant at) {}

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
        return List.of("user_row", "user_count");
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        var rows = new ArrayList<Row>();
        for (var logged : batch) {
            if (logged.event() instanceof UserRegistered user) {
                rows.add(new Row(user, logged.at()));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        var columns = new Columns<>(connection, rows);
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setArray(1, columns.bigints(row -> row.user().userId()));
            insert.setArray(2, columns.texts(row -> row.user().username()));
            insert.setArray(3, columns.texts(row -> row.user().displayName()));
            insert.setArray(4, columns.instants(Row::at));
            var counts = new Counts();
            counts.add(ALL, insert.executeUpdate());
            counts.write(connection, "user_count");
        }
    }
}
