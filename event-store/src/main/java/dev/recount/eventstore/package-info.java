/**
 * The event store on PostgreSQL: one log with gapless positions in commit order, written by group commit.
 *
 * <p>{@link dev.recount.eventstore.EventStoreConfiguration} is the module's entry point. Begin with {@link
 * dev.recount.eventstore.append.GroupCommitAppender} for writes and with {@link dev.recount.eventstore.read.EventLog}
 * for reads.
 */
@NullMarked
package dev.recount.eventstore;

import org.jspecify.annotations.NullMarked;
