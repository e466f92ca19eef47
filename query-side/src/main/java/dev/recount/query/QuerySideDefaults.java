package dev.recount.query;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The settings that every process with a query side starts from; they rank below every other source. */
final class QuerySideDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.of(
            // The projections' own check asks the database, so it stands for both.
            "management.endpoint.health.group.readiness.include", "readinessState,projections",
            "management.endpoint.health.probes.enabled", "true",
            // The projections work with up to six connections and the log's listener holds one; the rest is for reads.
            "spring.datasource.hikari.maximum-pool-size", "24",
            // Beyond this the database counts as unreachable, and the client is told to come back.
            "spring.datasource.hikari.connection-timeout", "5000");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("recount query side defaults", DEFAULTS));
    }
}
