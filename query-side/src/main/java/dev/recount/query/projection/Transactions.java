package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in a transaction of its own; rolls back if it throws. */
public final class Transactions {

    private final DataSource dataSource;

    /** Work on a connection. */
    @FunctionalInterface
    public interface Work<T> {
        T on(Connection connection) throws SQLException;
    }

    public Transactions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** @throws ProjectionWriteException if the database refuses the work, at the latest at the commit */
    public <T> T run(Work<T> work) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                var result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                rollBack(connection, failure);
                throw failure;
            } catch (Error failure) {
                // The driver may have been interrupted between two bytes, so the connection is not used again.
                abort(connection, failure);
                throw failure;
            }
        } catch (SQLException failure) {
            throw new ProjectionWriteException(failure);
        }
    }

    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException | RuntimeException | Error second) {
            failure.addSuppressed(second);
            abort(connection, failure);
        }
    }

    private static void abort(Connection connection, Throwable failure) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException | Error second) {
            failure.addSuppressed(second);
        }
    }
}
