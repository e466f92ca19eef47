package dev.recount.audit;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How checkpoints are signed.
 *
 * @param origin the name of the log in checkpoints; by default one that the installation made up for itself
 * @param keyFile the private keys, one a line, the newest first; created where there is none. All nodes need the same
 * @param checkpointInterval how often a checkpoint is issued while the log grows, whether or not anybody asks
 */
@ConfigurationProperties("recount.audit")
record AuditProperties(
        @Nullable String origin,
        @DefaultValue("data/audit.key") Path keyFile,
        @DefaultValue("10m") Duration checkpointInterval) {}
