package dev.recount.query.daemon;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database that can be made to go away, to take all the memory, or to break off a commit before or after it took effect. */
final class TroubledDataSource extends DelegatingDataSource {

    enum Trouble {
        NONE,
        DOWN,
        OUT_OF_MEMORY,
        ONE_COMMIT_FAILS,
        ONE_COMMIT_IS_NOT_CONFIRMED
    }

    private final AtomicReference<Trouble> trouble = new AtomicReference<>(Trouble.NONE);

    TroubledDataSource(DataSource target) {
        super(target);
    }

    void set(Trouble next) {
        trouble.set(next);
    }

    Trouble trouble() {
        return trouble.get();
    }

    @Override
    public Connection getConnection() throws SQLException {
        if (trouble.get() == Trouble.DOWN) {
            throw new SQLTransientConnectionException("the database is away", "08001");
        }
        if (trouble.get() == Trouble.OUT_OF_MEMORY) {
            throw new OutOfMemoryError("simulated");
        }
        var connection = super.getConnection();
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("commit")) {
                        return commit(connection);
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                });
    }

    private Object commit(Connection connection) throws SQLException {
        if (trouble.compareAndSet(Trouble.ONE_COMMIT_FAILS, Trouble.NONE)) {
            connection.rollback();
            throw new SQLException("broken off before the commit", "08006");
        }
        connection.commit();
        if (trouble.compareAndSet(Trouble.ONE_COMMIT_IS_NOT_CONFIRMED, Trouble.NONE)) {
            throw new SQLException("broken off after the commit", "08006");
        }
        return null;
    }
}
