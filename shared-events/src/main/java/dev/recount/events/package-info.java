/** The events, their stored names and the names of streams: all that the two sides know of each other. */
@NullMarked
package dev.recount.events;

import org.jspecify.annotations.NullMarked;
