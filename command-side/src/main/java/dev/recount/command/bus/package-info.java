/** How commands travel: dispatched in the caller's thread, tried again after races, with their origin on every event. */
@NullMarked
package dev.recount.command.bus;

import org.jspecify.annotations.NullMarked;
