package dev.recount.query.users;

import dev.recount.events.UserEvent.UserRegistered;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import dev.recount.query.rows.CounterTable;
import dev.recount.query.rows.Counters;
import dev.recount.query.rows.RowTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Stores every user as registered. */
@Component
final class UserProjection implements Projection {

    static final String NAME = "user-list";

    static final String ALL = "all";

    private static final RowTable<Row> ROWS = RowTable.of("user_row", Row.class, 1);

    private static final CounterTable<Scope> COUNTS = CounterTable.of("user_count", Scope.class, "count");

    private record Scope(String scope) {}

    private record Row(long id, String username, String displayName, Instant createdAt) {}

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
                rows.add(new Row(user.userId(), user.username(), user.displayName(), logged.at()));
            }
        }
        var counters = new Counters();
        counters.add(COUNTS, new Scope(ALL), ROWS.insertAbsent(connection, rows));
        counters.write(connection);
    }
}
