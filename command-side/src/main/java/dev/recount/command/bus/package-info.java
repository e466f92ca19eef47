/**
 * Dispatches commands in the caller's thread, retries after conflicts, and records the origin of each event. Begin with
 * {@link dev.recount.command.bus.CommandDispatcher}.
 */
@NullMarked
package dev.recount.command.bus;

import org.jspecify.annotations.NullMarked;
