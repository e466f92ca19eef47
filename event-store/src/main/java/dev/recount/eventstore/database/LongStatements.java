package dev.recount.eventstore.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A data source for work whose single statements may take minutes, such as migrations and rebuilds. No statement times
 * out for its length alone. An unresponsive server still ends the work.
 */
public final class LongStatements extends DelegatingDataSource {

    public LongStatements(DataSource database) {
        super(database);
    }

    /** Removes the network timeout. The pool restores its own when the connection is returned. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }
}
