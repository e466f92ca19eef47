package dev.recount.query.consistency;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import org.postgresql.PGConnection;

/**
 * Refuses a read every connection that is younger than the moment whose positions the read relies on.
 *
 * <p>A crash of PostgreSQL takes the last commits of projections back and cuts every connection. So a connection that was in
 * use before a position was learnt, and still works, proves that no crash lies between the two. Moments are counted in
 * connections that reads were given for the first time, and need no clock and no round trip.
 */
public final class ReadSessions {

    /** What a read that waited for nothing relies on: any connection will do. */
    private static final long NOTHING = Long.MAX_VALUE;

    private static final ScopedValue<Long> RELIED_ON = ScopedValue.newInstance();

    private final AtomicLong connections = new AtomicLong();
    private final Cache<PGConnection, Long> firstUses =
            Caffeine.newBuilder().weakKeys().executor(Runnable::run).build();

    /** The present moment. */
    public long now() {
        return connections.get();
    }

    /** Reads rows that are as new as what was learnt at the moment or later; see {@link RenewedConnectionException}. */
    public static <T, X extends Throwable> T relyingOn(long moment, ScopedValue.CallableOp<T, X> read) throws X {
        return ScopedValue.where(RELIED_ON, moment).call(read);
    }

    /** Reads over any connection, also within a read that must not. */
    public static <T, X extends Throwable> T relyingOnNothing(ScopedValue.CallableOp<T, X> read) throws X {
        return relyingOn(NOTHING, read);
    }

    /** The moment that what runs at present relies on. */
    static long reliedOn() {
        return RELIED_ON.isBound() ? RELIED_ON.get() : NOTHING;
    }

    /** @throws RenewedConnectionException for a connection that may have been opened since that moment */
    void require(Connection connection) throws SQLException {
        var moment = reliedOn();
        if (moment != NOTHING && firstUse(connection) > moment) {
            throw new RenewedConnectionException();
        }
    }

    private long firstUse(Connection connection) throws SQLException {
        // The pool hands out a wrapper of its own each time.
        var physical = connection.unwrap(PGConnection.class);
        return firstUses.get(physical, _ -> connections.incrementAndGet());
    }
}
