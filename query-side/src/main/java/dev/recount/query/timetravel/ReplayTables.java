package dev.recount.query.timetravel;

import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** Temporary tables that hide the live tables of projections until the transaction ends. */
final class ReplayTables {

    /**
     * Temporary tables come first anyway. But statements prepared earlier on this connection would keep using the live
     * tables. They are resolved again only because the search path changes.
     */
    private static final String SETTINGS = """
        SELECT
            set_config('search_path', 'pg_temp, ' || ?, true),
            set_config('plan_cache_mode', 'force_custom_plan', true),
            -- The log is read between the statements, and nothing that others need is locked meanwhile.
            set_config('idle_in_transaction_session_timeout', '0', true)
        """;

    /** Dead letters and discarded events: the live tables do not have them either. */
    private static final String LEFT_OUT = """
        SELECT position
        FROM dead_letter
        WHERE projection = ?
        UNION ALL
        SELECT position
        FROM discarded_event
        WHERE projection = ?
        """;

    private ReplayTables() {}

    static void create(Connection connection, Collection<Projection> projections) throws SQLException {
        var live = liveSchema(connection);
        try (var settings = connection.prepareStatement(SETTINGS)) {
            settings.setString(1, live);
            settings.execute();
        }
        try (var create = connection.createStatement()) {
            for (var projection : projections) {
                for (var table : projection.tables()) {
                    create.execute("CREATE TEMPORARY TABLE pg_temp.%1$s (LIKE %2$s.%1$s INCLUDING ALL) ON COMMIT DROP"
                            .formatted(table, live));
                }
            }
        }
    }

    /** The name of the live schema, quoted if necessary. */
    private static String liveSchema(Connection connection) throws SQLException {
        try (var select = connection.createStatement();
                var row = select.executeQuery("SELECT quote_ident(current_schema())")) {
            row.next();
            return row.getString(1);
        }
    }

    /** The positions of the events that the projection has not applied. */
    static Set<Long> leftOut(Connection connection, Projection projection) throws SQLException {
        try (var select = connection.prepareStatement(LEFT_OUT)) {
            select.setString(1, projection.name());
            select.setString(2, projection.name());
            var positions = new HashSet<Long>();
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    positions.add(row.getLong(1));
                }
            }
            return positions;
        }
    }
}
