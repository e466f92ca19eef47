package dev.recount.eventstore.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * A database for work whose single statements may take minutes, such as migrations and rebuilds: no statement is cut off
 * for its length alone. A server that is silent ends it as it ends everything else.
 */
public final class LongStatements extends DelegatingDataSource {

    public LongStatements(DataSource database) {
        super(database);
    }

    /** The pool restores its own bound when the connection is given back. */
    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        connection.setNetworkTimeout(Runnable::run, 0);
        return connection;
    }
}
