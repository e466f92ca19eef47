/** Axon's event storage on PostgreSQL: group commit, gapless positions in commit order, readers woken by the append. */
@NullMarked
package dev.recount.eventstore;

import org.jspecify.annotations.NullMarked;
