package dev.recount.eventstore.database;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;

/** Evicts a pool's connections to a server that has become read-only, so that new connections find the new primary. */
final class PoolEviction implements SQLExceptionOverride {

    private final HikariDataSource pool;

    PoolEviction(HikariDataSource pool) {
        this.pool = pool;
    }

    @java.lang.Override
    public Override adjudicate(SQLException thrown) {
        if (!SqlErrors.isReadOnly(thrown)) {
            return Override.CONTINUE_EVICT;
        }
        WatchedPool.evictAll(pool);
        return Override.MUST_EVICT;
    }
}
