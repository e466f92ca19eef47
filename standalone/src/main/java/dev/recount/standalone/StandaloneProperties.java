package dev.recount.standalone;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What only a Recount with a database of its own needs to know.
 *
 * @param dataDirectory where the embedded PostgreSQL keeps everything; not used with spring.datasource.url
 */
@ConfigurationProperties("recount")
record StandaloneProperties(@DefaultValue("data") Path dataDirectory) {}
