package dev.recount.eventstore.database;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Default properties of every process that uses the database. Every other property source overrides them.
 *
 * <p>The node logs the loss of the database in one line. The pool and the driver would log it for each connection, with
 * a stack trace.
 */
final class DatabaseDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.of(
            "logging.level.com.zaxxer.hikari.pool.PoolBase", "error",
            "logging.level.com.zaxxer.hikari.pool.ProxyConnection", "error",
            "logging.level.org.postgresql", "error");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("recount database defaults", DEFAULTS));
    }
}
