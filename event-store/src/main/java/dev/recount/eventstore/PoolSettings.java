package dev.recount.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/** What every session of a node's connection pool is told, however the pool itself is configured. */
final class PoolSettings implements DestructionAwareBeanPostProcessor, DisposableBean {

    /** Of a pool's wait for a connection, so that another one can be tried within it. */
    private static final int VALIDATIONS_PER_WAIT = 4;

    private static final long SHORTEST_WAIT_MILLIS = 250;

    private final DatabaseProperties properties;
    private final List<WatchedPool> watched = new ArrayList<>();

    PoolSettings(DatabaseProperties properties) {
        this.properties = properties;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && !pool.isRunning()) {
            pool.addDataSourceProperty("tcpKeepAlive", "true");
            bound(pool, properties.patience());
        }
        return bean;
    }

    /** Shorter waits than the patience are kept. */
    private static void bound(HikariDataSource pool, Duration patience) {
        long wait = Math.max(SHORTEST_WAIT_MILLIS, Math.min(pool.getConnectionTimeout(), patience.toMillis()));
        pool.setConnectionTimeout(wait);
        pool.setValidationTimeout(
                Math.max(SHORTEST_WAIT_MILLIS, Math.min(pool.getValidationTimeout(), wait / VALIDATIONS_PER_WAIT)));
    }

    /** A pool that runs already belongs to somebody else, and one without a URL opens its connections by itself. */
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && !pool.isRunning()
                && pool.getJdbcUrl() != null
                && pool.getDataSource() == null) {
            WatchedPool replacement = WatchedPool.over(pool, properties.patience());
            watched.add(replacement);
            return replacement;
        }
        return bean;
    }

    /** A pool that is closed waits for its threads, and those may wait for the database. */
    @Override
    public void postProcessBeforeDestruction(Object bean, String name) {
        watched.stream().filter(pool -> bean.equals(pool.getTargetDataSource())).forEach(WatchedPool::close);
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof HikariDataSource;
    }

    /** A pool may outlive the node. */
    @Override
    public void destroy() {
        watched.forEach(WatchedPool::close);
    }
}
