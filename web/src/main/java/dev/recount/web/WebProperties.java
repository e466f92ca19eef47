package dev.recount.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of the HTTP surface.
 *
 * @param maxJsonBody largest body that is read where no file is uploaded; a larger one is answered 413
 * @param maxImportSize largest file of issues that is taken; it goes to disk, never into memory
 */
@ConfigurationProperties("recount.web")
public record WebProperties(
        @DefaultValue("1MB") DataSize maxJsonBody,
        @DefaultValue("2GB") DataSize maxImportSize) {}
