package dev.recount.standalone;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Refuses unknown {@code recount.} options. A mistyped data directory would otherwise start an empty Recount beside the
 * existing one. Environment variables are not checked, because their names do not distinguish dots from dashes.
 */
final class UnknownOptions implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final ConfigurationPropertyName OURS = ConfigurationPropertyName.of("recount");
    private static final String METADATA = "META-INF/spring-configuration-metadata.json";

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        refuse(context.getEnvironment());
    }

    static void refuse(ConfigurableEnvironment environment) {
        Set<ConfigurationPropertyName> known = known();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (!(source instanceof SystemEnvironmentPropertySource)
                    && ConfigurationPropertySource.from(source) instanceof IterableConfigurationPropertySource names) {
                names.filter(OURS::isAncestorOf).stream()
                        .filter(name -> !known.contains(name))
                        .findFirst()
                        .ifPresent(name -> {
                            throw new UnknownOptionException(name, known);
                        });
            }
        }
    }

    /** The options that the modules' configuration classes declare, from the metadata written at compile time. */
    static Set<ConfigurationPropertyName> known() {
        try {
            Set<ConfigurationPropertyName> known = new TreeSet<>();
            for (URL url :
                    Collections.list(UnknownOptions.class.getClassLoader().getResources(METADATA))) {
                try (InputStream json = url.openStream()) {
                    JsonMapper.shared().readTree(json).path("properties").forEach(property -> {
                        ConfigurationPropertyName name = ConfigurationPropertyName.of(
                                property.path("name").asString());
                        if (OURS.isAncestorOf(name)) {
                            known.add(name);
                        }
                    });
                }
            }
            return known;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
