package dev.recount.command.imports;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A database whose connection is lost at a chosen append to the log, until it is restored. */
final class BreakingDataSource extends DelegatingDataSource {

    /** Whether the append is still carried out when the connection is lost, so that only its response is missing. */
    enum Break {
        BEFORE_THE_APPEND,
        AFTER_THE_APPEND
    }

    private final AtomicInteger appendsLeft = new AtomicInteger(Integer.MAX_VALUE);
    private volatile Break kind = Break.BEFORE_THE_APPEND;
    private volatile boolean broken;

    BreakingDataSource(DataSource target) {
        super(target);
    }

    void breakAtAppend(int number, Break newKind) {
        kind = newKind;
        appendsLeft.set(number);
    }

    void mend() {
        appendsLeft.set(Integer.MAX_VALUE);
        broken = false;
    }

    @Override
    public Connection getConnection() throws SQLException {
        requireWhole();
        Connection connection = super.getConnection();
        AtomicBoolean copied = new AtomicBoolean();
        return proxy(Connection.class, (method, arguments) -> {
            requireWhole();
            if (method.getName().equals("commit") && copied.get()) {
                return append(connection, () -> call(method, connection, arguments));
            }
            Object result = call(method, connection, arguments);
            if (method.getName().equals("prepareStatement")) {
                String sql = (String) arguments[0];
                // A copy ends with a notification and is appended by the commit.
                copied.set(copied.get() || sql.contains("pg_notify"));
                return sql.contains("append_events") ? append((PreparedStatement) result, connection) : result;
            }
            return result;
        });
    }

    private PreparedStatement append(PreparedStatement statement, Connection connection) {
        return proxy(
                PreparedStatement.class,
                (method, arguments) -> method.getName().equals("executeQuery")
                        ? append(connection, () -> call(method, statement, arguments))
                        : call(method, statement, arguments));
    }

    private @Nullable Object append(Connection connection, Append append) throws Throwable {
        if (appendsLeft.decrementAndGet() > 0) {
            return append.run();
        }
        broken = true;
        if (kind == Break.AFTER_THE_APPEND) {
            append.run();
        }
        // The server also detects the lost connection and rolls back what was not committed.
        connection.abort(Runnable::run);
        connection.close();
        throw lost();
    }

    private interface Append {
        @Nullable
        Object run() throws Throwable;
    }

    private void requireWhole() throws SQLException {
        if (broken) {
            throw lost();
        }
    }

    private static SQLException lost() {
        return new SQLException("the connection is lost", "08006");
    }

    private interface Call {
        Object to(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> call.to(method, arguments)));
    }

    private static Object call(Method method, Object target, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
