package dev.recount.query.consistency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * Refuses connections that are younger than the moment whose positions a read relies on.
 *
 * <p>A crash of PostgreSQL loses the last commits of projections and closes every connection. A connection that was in
 * use before a position was learnt, and still works, proves that no crash happened in between. A moment is the number
 * of connections that reads have used for the first time. It needs no clock and no round trip.
 */
public final class ReadSessions {

    /** The moment of a read that waited for nothing: any connection is acceptable. */
    private static final long NOTHING = Long.MAX_VALUE;

    private static final ScopedValue<Long> RELIED_ON = ScopedValue.newInstance();

    private final AtomicLong connections = new AtomicLong();
    private final Cache<PGConnection, Long> firstUses =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    /** The current moment. */
    public long now() {
        return connections.get();
    }

    /** Runs a read that relies on positions learnt at the moment or later; see {@link RenewedConnectionException}. */
    public static <T, X extends Throwable> T relyingOn(long moment, ScopedValue.CallableOp<T, X> read) throws X {
        return ScopedValue.where(RELIED_ON, moment).call(read);
    }

    /** Runs a read over any connection, even inside a read that relies on a moment. */
    public static <T, X extends Throwable> T relyingOnNothing(ScopedValue.CallableOp<T, X> read) throws X {
        return relyingOn(NOTHING, read);
    }

    /** The moment that the current read relies on. */
    static long reliedOn() {
        return RELIED_ON.isBound() ? RELIED_ON.get() : NOTHING;
    }

    /** @throws RenewedConnectionException if the connection may have been opened since that moment */
    void require(Connection connection) throws SQLException {
        var moment = reliedOn();
        if (moment != NOTHING && firstUse(connection) > moment) {
            throw new RenewedConnectionException();
        }
    }

    private long firstUse(Connection connection) throws SQLException {
        // The pool returns a new wrapper each time.
        var physical = connection.unwrap(PGConnection.class);
        return firstUses.get(physical, _ -> connections.incrementAndGet());
    }
}
