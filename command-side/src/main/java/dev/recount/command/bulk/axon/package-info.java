/** Runs a batch of commands and appends their events in one transaction. Begin with {@code IssueBatchHandler}. */
@NullMarked
package dev.recount.command.bulk.axon;

import org.jspecify.annotations.NullMarked;
