package dev.recount.command.imports;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How files are imported.
 *
 * @param directory where files are kept while they are imported; null stands for the machine's temporary directory, which
 *     on some machines lies in memory
 */
@ConfigurationProperties("recount.import")
record ImportProperties(@Nullable Path directory) {

    Path parent() {
        return directory == null ? Path.of(System.getProperty("java.io.tmpdir")) : directory;
    }
}
