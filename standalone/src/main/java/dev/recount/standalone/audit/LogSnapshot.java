package dev.recount.standalone.audit;

import dev.recount.verifier.DatabaseLog;
import dev.recount.verifier.VerifierKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import javax.sql.DataSource;

/** A consistent snapshot of the log in a database. Reading it blocks no other session and changes nothing. */
public final class LogSnapshot implements AutoCloseable {

    private final Connection connection;
    private final DatabaseLog log;

    private LogSnapshot(Connection connection, DatabaseLog log) {
        this.connection = connection;
        this.log = log;
    }

    /** @param configuredOrigin the log's name, blank if it has none */
    public static LogSnapshot open(DataSource dataSource, String configuredOrigin, Collection<VerifierKey> keys)
            throws SQLException {
        var connection = connect(dataSource);
        try {
            return new LogSnapshot(
                    connection,
                    DatabaseLog.open(connection, "the database", LogOrigin.of(connection, configuredOrigin), keys));
        } catch (SQLException | RuntimeException | Error failure) {
            connection.close();
            throw failure;
        }
    }

    static Connection connect(DataSource dataSource) throws SQLException {
        var connection = dataSource.getConnection();
        connection.setReadOnly(true);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        return connection;
    }

    public DatabaseLog log() {
        return log;
    }

    @Override
    public void close() throws SQLException {
        try (connection) {
            log.close();
            connection.rollback();
        }
    }
}
