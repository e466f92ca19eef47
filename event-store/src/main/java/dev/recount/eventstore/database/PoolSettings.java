package dev.recount.eventstore.database;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.DestructionAwareBeanPostProcessor;

/** Settings for every session of a node's connection pool, regardless of the pool's own configuration. */
public final class PoolSettings implements DestructionAwareBeanPostProcessor, DisposableBean {

    /** Validations that fit into one wait for a connection, so that the pool can try another connection within it. */
    private static final int VALIDATIONS_PER_WAIT = 4;

    private static final long SHORTEST_WAIT_MILLIS = 250;

    /** Application name by which nodes recognize each other's sessions, unless the URL sets another. */
    static final String APPLICATION = "recount";

    /** A transaction that is idle for longer belongs to a stalled node. */
    private static final Duration LONGEST_IDLE = Duration.ofMillis(2_500);

    private static final Pattern OPTIONS = Pattern.compile("(?<=[?&])options=([^&]*)");

    private final DatabaseProperties properties;
    private final List<WatchedPool> watched = new ArrayList<>();

    public PoolSettings(DatabaseProperties properties) {
        this.properties = properties;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && !pool.isRunning() && !pool.isClosed()) {
            pool.addDataSourceProperty("tcpKeepAlive", "true");
            pool.addDataSourceProperty("ApplicationName", APPLICATION);
            addOptions(pool);
            bound(pool, properties.patience());
        }
        return bean;
    }

    /** Puts the operator's options last, because PostgreSQL uses the last value of a repeated option. */
    private void addOptions(HikariDataSource pool) {
        String url = pool.getJdbcUrl();
        Matcher ofUrl = OPTIONS.matcher(url == null ? "" : url);
        if (url != null && ofUrl.find()) {
            String given = URLDecoder.decode(ofUrl.group(1), StandardCharsets.UTF_8);
            String all = URLEncoder.encode(options() + " " + given, StandardCharsets.UTF_8);
            pool.setJdbcUrl(url.substring(0, ofUrl.start(1)) + all + url.substring(ofUrl.end(1)));
        } else {
            String given = pool.getDataSourceProperties().getProperty("options", "");
            pool.addDataSourceProperty("options", (options() + " " + given).strip());
        }
    }

    private String options() {
        Duration patience = properties.patience();
        Duration idle = Stream.of(LONGEST_IDLE, patience.dividedBy(2))
                .min(Duration::compareTo)
                .orElseThrow();
        return Stream.of(
                        "idle_in_transaction_session_timeout=" + Math.max(1, idle.toMillis()),
                        "lock_timeout=" + Math.max(1, patience.toMillis()),
                        // Limits how long a client that lost its machine or network keeps its locks.
                        "tcp_keepalives_idle=5",
                        "tcp_keepalives_interval=2",
                        "tcp_keepalives_count=3")
                .map(setting -> "-c " + setting)
                .collect(Collectors.joining(" "));
    }

    /** Limits the pool's waits to the patience. Shorter configured waits are kept. */
    private static void bound(HikariDataSource pool, Duration patience) {
        long wait = Math.max(SHORTEST_WAIT_MILLIS, Math.min(pool.getConnectionTimeout(), patience.toMillis()));
        pool.setConnectionTimeout(wait);
        pool.setValidationTimeout(
                Math.max(SHORTEST_WAIT_MILLIS, Math.min(pool.getValidationTimeout(), wait / VALIDATIONS_PER_WAIT)));
    }

    /**
     * Skips a pool that runs already, because other code owns it, and a pool without a URL, which has its own data
     * source.
     */
    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool
                && !pool.isRunning()
                && !pool.isClosed()
                && pool.getJdbcUrl() != null
                && pool.getDataSource() == null) {
            WatchedPool replacement = WatchedPool.over(pool, properties.patience());
            watched.add(replacement);
            return replacement;
        }
        return bean;
    }

    /** Closes the watch first: a closing pool waits for its threads, which may wait for the database. */
    @Override
    public void postProcessBeforeDestruction(Object bean, String name) {
        watched.stream().filter(pool -> bean.equals(pool.getTargetDataSource())).forEach(WatchedPool::close);
    }

    @Override
    public boolean requiresDestruction(Object bean) {
        return bean instanceof HikariDataSource;
    }

    /** Closes the remaining watches, because a pool may outlive the node. */
    @Override
    public void destroy() {
        watched.forEach(WatchedPool::close);
    }
}
