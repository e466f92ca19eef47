/**
 * Axon's event storage engine and event store over this log, and the verification of its snapshots. Begin with {@code
 * GroupCommitStorageEngine}.
 */
@NullMarked
package dev.recount.eventstore.axon;

import org.jspecify.annotations.NullMarked;
