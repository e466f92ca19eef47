package dev.recount.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** What every session of a node's connection pool is told, however the pool itself is configured. */
final class PoolSettings implements BeanPostProcessor {

    /** By which the nodes of one database know each other's sessions, unless the URL gives another. */
    static final String APPLICATION = "recount";

    /** A transaction that waits for its client for longer belongs to a node that stands still. */
    private static final Duration LONGEST_IDLE = Duration.ofMillis(2_500);

    private static final Pattern OPTIONS = Pattern.compile("(?<=[?&])options=([^&]*)");

    private final DatabaseProperties properties;

    PoolSettings(DatabaseProperties properties) {
        this.properties = properties;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool && !pool.isRunning() && !pool.isClosed()) {
            pool.addDataSourceProperty("tcpKeepAlive", "true");
            pool.addDataSourceProperty(
                    "connectTimeout",
                    Long.toString(Math.max(1, properties.patience().toSeconds())));
            pool.addDataSourceProperty("ApplicationName", APPLICATION);
            addOptions(pool);
        }
        return bean;
    }

    /** PostgreSQL takes the last of what is given twice, so the operator's options come after these. */
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
                        // A client whose machine or network is gone holds its locks no longer than this.
                        "tcp_keepalives_idle=5",
                        "tcp_keepalives_interval=2",
                        "tcp_keepalives_count=3")
                .map(setting -> "-c " + setting)
                .collect(Collectors.joining(" "));
    }
}
