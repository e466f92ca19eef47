package dev.recount.standalone.cli;

import java.nio.file.Path;
import org.springframework.core.env.Environment;

/**
 * The server's settings, from the same sources.
 *
 * @param dataDirectory where the data is if no {@code spring.datasource.url} is set
 */
public record Settings(Environment environment, Path dataDirectory) {

    /** Reads the settings from options of the form {@code --name=value} and from all other sources. */
    @FunctionalInterface
    public interface Source {

        /** @throws InvalidSettingsException for an unknown option */
        Settings read(String... options);
    }

    /** A setting cannot be used. The message names it and the alternatives. */
    public static final class InvalidSettingsException extends RuntimeException {
        public InvalidSettingsException(String message) {
            super(message);
        }
    }
}
