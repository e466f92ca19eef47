/**
 * Database connections that never block a request indefinitely. Each wait has a timeout, a pulse detects an
 * unresponsive database, and stalled nodes' sessions are ended. Begin with {@link
 * dev.recount.eventstore.database.WatchedPool}.
 */
@NullMarked
package dev.recount.eventstore.database;

import org.jspecify.annotations.NullMarked;
