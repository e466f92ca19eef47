package dev.recount.query.projection;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.Transaction;
import org.axonframework.common.transaction.TransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;

/** The transactions of the processors: rows, position and token share the thread's connection and one commit. */
final class ProjectionTransactions implements TransactionManager, ConnectionProvider {

    private final PlatformTransactionManager transactions;
    private final DataSource connections;

    ProjectionTransactions(DataSource dataSource) {
        this.transactions = new JdbcTransactionManager(dataSource);
        this.connections = new TransactionAwareDataSourceProxy(dataSource);
    }

    /** The connection of the transaction that runs on this thread; closing it leaves the transaction open. */
    @Override
    public Connection getConnection() throws SQLException {
        return connections.getConnection();
    }

    @Override
    public Transaction startTransaction() {
        return new Running(transactions, transactions.getTransaction(null));
    }

    /** Works on the connection of the transaction that runs on this thread. */
    void join(Work work) {
        try (var connection = getConnection()) {
            work.on(connection);
        } catch (SQLException failure) {
            throw new ProjectionWriteException(failure);
        }
    }

    /** Works in a transaction of its own. */
    void run(Work work) {
        executeInTransaction(() -> join(work));
    }

    /** Something to do on a connection. */
    @FunctionalInterface
    interface Work {
        void on(Connection connection) throws SQLException;
    }

    private record Running(PlatformTransactionManager transactions, TransactionStatus status) implements Transaction {

        @Override
        public void commit() {
            transactions.commit(status);
        }

        /** Axon also rolls back what failed to commit, and that is over already. */
        @Override
        public void rollback() {
            if (!status.isCompleted()) {
                transactions.rollback(status);
            }
        }
    }
}
