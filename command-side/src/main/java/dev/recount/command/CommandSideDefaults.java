package dev.recount.command;

import java.util.Map;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/** The settings that every process with a command side starts from; they rank below every other source. */
final class CommandSideDefaults implements EnvironmentPostProcessor {

    private static final String AXON = "org.axonframework.springboot.autoconfig.";

    private static final Map<String, Object> DEFAULTS = Map.of(
            // What Axon's starter brings and Recount does without: its own tables and transactions, spans around each
            // handler, time limits by a further thread, and a look for news over the network.
            "spring.autoconfigure.exclude",
            String.join(
                    ",",
                    AXON + "JdbcAutoConfiguration",
                    AXON + "TransactionAutoConfiguration",
                    AXON + "AxonTracingAutoConfiguration",
                    AXON + "XStreamAutoConfiguration",
                    AXON + "UpdateCheckerAutoConfiguration"),
            "axon.timeout.enabled",
            "false");

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        environment.getPropertySources().addLast(new MapPropertySource("recount command side defaults", DEFAULTS));
    }
}
