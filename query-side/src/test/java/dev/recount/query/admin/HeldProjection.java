package dev.recount.query.admin;

import dev.recount.eventstore.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;

/** Keeps a projection where it stands, so that no run can end by a swap. */
record HeldProjection(Connection connection) implements AutoCloseable {

    static HeldProjection of(TestDatabase database, String projection) {
        try {
            var connection = database.dataSource().getConnection();
            connection.setAutoCommit(false);
            try (var hold = connection.prepareStatement("SELECT FROM projection WHERE name = ? FOR UPDATE")) {
                hold.setString(1, projection);
                hold.executeQuery();
            }
            return new HeldProjection(connection);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        try {
            if (!connection.isClosed()) {
                connection.rollback();
                connection.close();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
