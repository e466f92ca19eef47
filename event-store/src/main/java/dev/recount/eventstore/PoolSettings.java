package dev.recount.eventstore;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;

/** What every session of a node's connection pool is told, however the pool itself is configured. */
final class PoolSettings implements BeanPostProcessor {

    private final DatabaseProperties properties;

    PoolSettings(DatabaseProperties properties) {
        this.properties = properties;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof HikariDataSource pool) {
            pool.addDataSourceProperty("tcpKeepAlive", "true");
            pool.addDataSourceProperty(
                    "connectTimeout",
                    Long.toString(Math.max(1, properties.patience().toSeconds())));
        }
        return bean;
    }
}
