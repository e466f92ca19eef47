package dev.recount.command.issue.axon;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of the cache and the snapshots of issues.
 *
 * @param aggregateCacheWeight characters of issues kept in memory
 * @param snapshotThreshold events of an issue between two snapshots
 */
@ConfigurationProperties("recount")
record IssueProperties(
        @DefaultValue("32000000") long aggregateCacheWeight,
        @DefaultValue("100") int snapshotThreshold) {}
