/**
 * Runs the decisions on issues on Axon's command bus, with a cache of aggregates and snapshots. Begin with {@code
 * IssueAggregate}.
 */
@NullMarked
package dev.recount.command.issue.axon;

import org.jspecify.annotations.NullMarked;
