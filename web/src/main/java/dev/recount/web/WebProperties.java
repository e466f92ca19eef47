package dev.recount.web;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP surface.
 *
 * @param maxJsonBody largest body that is read where no file is uploaded; a larger one is answered 413
 * @param maxImportSize largest file of issues that is taken; it goes to disk, never into memory
 * @param hosts names besides those of the loopback interface under which clients may ask; another is answered 421
 * @param origins of web pages besides this server's own that may ask for changes, such as {@code
 *     https://tracker.example.com}; another is answered 403
 */
@ConfigurationProperties("recount.web")
public record WebProperties(
        @DefaultValue("1MB") DataSize maxJsonBody,
        @DefaultValue("2GB") DataSize maxImportSize,
        @DefaultValue List<String> hosts,
        @DefaultValue List<String> origins) {}
