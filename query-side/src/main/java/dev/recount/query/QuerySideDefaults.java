package dev.recount.query;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Default settings of every process with a query side; they rank below every other source. */
final class QuerySideDefaults implements EnvironmentPostProcessor {

    private static final Map<String, Object> DEFAULTS = Map.of(
            // The projections' own check queries the database, so it covers both.
            "management.endpoint.health.group.readiness.include", "readinessState,projections",
            "management.endpoint.health.probes.enabled", "true",
            // The projections use up to six connections and the log's listener one; the rest is for reads.
            "spring.datasource.hikari.maximum-pool-size", "24",
            // In milliseconds. After that the database counts as unreachable, and the client gets a 503 with
            // Retry-After.
            "spring.datasource.hikari.connection-timeout", "5000");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("recount query side defaults", DEFAULTS));
    }
}
