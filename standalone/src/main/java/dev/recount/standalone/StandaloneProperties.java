package dev.recount.standalone;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of a Recount with an embedded database.
 *
 * @param dataDirectory where the embedded PostgreSQL keeps its data; unused with spring.datasource.url
 */
@ConfigurationProperties("recount")
record StandaloneProperties(@DefaultValue("data") Path dataDirectory) {}
