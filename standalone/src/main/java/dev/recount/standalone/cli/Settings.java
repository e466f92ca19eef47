package dev.recount.standalone.cli;

import java.nio.file.Path;
import org.springframework.core.env.Environment;

/**
 * What the server would be configured by, from the same sources.
 *
 * @param dataDirectory where its data is if no {@code spring.datasource.url} is set
 */
public record Settings(Environment environment, Path dataDirectory) {

    /** Reads the settings from options of the form {@code --name=value}, and from wherever else they come. */
    @FunctionalInterface
    public interface Source {

        /** @throws InvalidSettingsException for an option that there is not */
        Settings read(String... options);
    }

    /** The message says which setting cannot be used, and what there is instead. */
    public static final class InvalidSettingsException extends RuntimeException {
        public InvalidSettingsException(String message) {
            super(message);
        }
    }
}
