package dev.recount.query.projection;

import dev.recount.query.rows.Columns;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/** The positions of the events that were discarded for a projection, for reading the past of a stream again. */
final class DiscardedPositions {

    private static final String POSITIONS = """
        SELECT position
        FROM discarded_event
        WHERE projection = ? AND stream = ANY (?)
        """;

    private DiscardedPositions() {}

    /** The discarded positions among all events of the streams. */
    static Set<Long> of(Connection connection, String projection, Collection<String> streams) throws SQLException {
        try (var select = connection.prepareStatement(POSITIONS)) {
            select.setString(1, projection);
            select.setArray(2, new Columns<>(connection, streams).texts(stream -> stream));
            try (var row = select.executeQuery()) {
                var positions = new HashSet<Long>();
                while (row.next()) {
                    positions.add(row.getLong(1));
                }
                return positions;
            }
        }
    }
}
