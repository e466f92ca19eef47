/**
 * Connections that stall nobody: each wait has a bound, a database that is silent is detected by a pulse, and sessions
 * of nodes that stand still are ended. Begin with {@link dev.recount.eventstore.database.WatchedPool}.
 */
@NullMarked
package dev.recount.eventstore.database;

import org.jspecify.annotations.NullMarked;
