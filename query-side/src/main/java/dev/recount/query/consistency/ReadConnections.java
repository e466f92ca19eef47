package dev.recount.query.consistency;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Withholds from reads the connections that {@link ReadSessions} refuses; other users are not affected. */
final class ReadConnections extends DelegatingDataSource {

    private final ReadSessions sessions;

    ReadConnections(DataSource connections, ReadSessions sessions) {
        super(connections);
        this.sessions = sessions;
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = super.getConnection();
        try {
            sessions.require(connection);
            return connection;
        } catch (SQLException | RuntimeException refused) {
            connection.close();
            throw refused;
        }
    }
}
