package dev.recount.command.imports;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings of imports.
 *
 * @param directory where files are kept during an import; null stands for the machine's temporary directory, which is
 *     in memory on some machines
 */
@ConfigurationProperties("recount.import")
record ImportProperties(@Nullable Path directory) {

    Path parent() {
        return directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory;
    }
}
