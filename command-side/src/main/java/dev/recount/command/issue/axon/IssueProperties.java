package dev.recount.command.issue.axon;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How issues are kept for commands.
 *
 * @param aggregateCacheWeight characters of issues kept in memory
 * @param snapshotThreshold events of an issue between two snapshots
 */
@ConfigurationProperties("recount")
record IssueProperties(
        @DefaultValue("32000000") long aggregateCacheWeight,
        @DefaultValue("100") int snapshotThreshold) {}
