package dev.recount.query.timetravel;

import dev.recount.eventstore.scan.LogScan;
import dev.recount.query.projection.Projection;
import dev.recount.query.rebuild.LogWindows;
import dev.recount.web.ProblemType;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.DefaultTransactionDefinition;

/**
 * Runs a read on a projection's tables as they were at a moment. The projection replays the log up to the moment into
 * temporary tables. They hide the live ones on that one connection, and are dropped afterwards.
 *
 * <p>Reads through Spring's JDBC on the same thread use that connection and need no code for it. The cost grows with
 * the events up to the moment, so only a few replays run at the same time.
 */
@Component
public final class Replays {

    private static final int AT_ONCE = 2;
    /** The projector's batch size: larger windows would hold up other requests. */
    private static final int EVENTS_PER_WINDOW = 2_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final DataSourceTransactionManager transactions;
    private final LogWindows windows;
    private final Semaphore turns = new Semaphore(AT_ONCE, true);

    Replays(DataSource dataSource, LogScan scan) {
        this.dataSource = dataSource;
        this.transactions = new DataSourceTransactionManager(dataSource);
        this.windows = new LogWindows(dataSource, scan, () -> EVENTS_PER_WINDOW);
    }

    /** A read to run on the replayed tables. */
    @FunctionalInterface
    public interface Read<T> {
        T read() throws Exception;
    }

    /**
     * Runs the read at the moment on the tables of these projections.
     *
     * @throws dev.recount.web.ProblemException 503 if too many replays are requested at the same time
     */
    public <T> T at(AsOf moment, Collection<Projection> projections, Read<T> read) throws Exception {
        if (!turns.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw ProblemType.REPLAYS_BUSY
                    .problem("Other reports are being counted up to other moments; try again.")
                    .retryAfter(PAUSE)
                    .exception();
        }
        try {
            var transaction = transactions.getTransaction(new DefaultTransactionDefinition());
            try {
                var connection = DataSourceUtils.getConnection(dataSource);
                ReplayTables.create(connection, projections);
                for (var projection : projections) {
                    replay(moment, projection, connection);
                }
                return AsOfParameters.bind(moment, read::read);
            } finally {
                transactions.rollback(transaction);
            }
        } finally {
            turns.release();
        }
    }

    private void replay(AsOf moment, Projection projection, Connection connection)
            throws SQLException, InterruptedException {
        var leftOut = ReplayTables.leftOut(connection, projection);
        windows.forEach(0, moment.position(), window -> {
            var events = leftOut.isEmpty()
                    ? window.events()
                    : window.events().stream()
                            .filter(event -> !leftOut.contains(event.position()))
                            .toList();
            if (!events.isEmpty()) {
                projection.apply(events, connection);
            }
        });
    }
}
