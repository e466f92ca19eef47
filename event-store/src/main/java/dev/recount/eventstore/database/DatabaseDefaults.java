package dev.recount.eventstore.database;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * What every process that uses the database starts from; it ranks below every other source.
 *
 * <p>The node says in one line that the database is lost. The pool and the driver would say it of each connection, with a
 * stack trace.
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
