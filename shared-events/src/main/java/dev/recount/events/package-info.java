/** The events, their stored names and the names of streams: the only contract between command side and query side. */
@NullMarked
package dev.recount.events;

import org.jspecify.annotations.NullMarked;
