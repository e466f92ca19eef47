package dev.recount.audit;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** Default settings of every process with audit endpoints. They rank below every other source. */
final class AuditDefaults implements EnvironmentPostProcessor {

    /** Beside the files of the embedded PostgreSQL, if there are any. */
    private static final Map<String, Object> DEFAULTS =
            Map.of("recount.audit.key-file", "${recount.data-directory:data}/audit.key");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("recount audit defaults", DEFAULTS));
    }
}
