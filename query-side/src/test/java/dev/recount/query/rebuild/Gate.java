package dev.recount.query.rebuild;

import dev.recount.query.generations.TableGeneration;
import dev.recount.query.projection.LoggedEvent;
import dev.recount.query.projection.Projection;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Stops a projection in the middle of a batch while any process holds the gate's lock. */
record Gate(Projection delegate) implements Projection {

    private static final int KEY = 4711;

    /** Closed until it is opened, or closed as a resource. */
    static final class Closed implements AutoCloseable {
        private final Connection connection;

        Closed(DataSource dataSource) throws SQLException {
            connection = dataSource.getConnection();
            TableGeneration.execute(connection, "SELECT pg_advisory_lock(%d)".formatted(KEY));
        }

        @Override
        public void close() throws SQLException {
            if (!connection.isClosed()) {
                TableGeneration.execute(connection, "SELECT pg_advisory_unlock(%d)".formatted(KEY));
                connection.close();
            }
        }

        /** Whether a projection waits at the gate. */
        boolean isWaitedFor(JdbcClient sql) {
            return sql.sql("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = ? AND NOT granted")
                            .param(KEY)
                            .query(Long.class)
                            .single()
                    > 0;
        }
    }

    @Override
    public String name() {
        return delegate.name();
    }

    @Override
    public int version() {
        return delegate.version();
    }

    @Override
    public List<String> tables() {
        return delegate.tables();
    }

    @Override
    public void apply(List<LoggedEvent> batch, Connection connection) throws SQLException {
        delegate.apply(batch, connection);
        TableGeneration.execute(connection, "SELECT pg_advisory_xact_lock_shared(%d)".formatted(KEY));
    }
}
