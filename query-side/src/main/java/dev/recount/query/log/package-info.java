/** The log itself over HTTP, event by event as it was recorded: pages, lines, CloudEvents, and a stream without end. */
@NullMarked
package dev.recount.query.log;

import org.jspecify.annotations.NullMarked;
