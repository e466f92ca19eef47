/**
 * The log over HTTP, event by event as recorded: pages, lines, CloudEvents, and an endless stream. Begin with {@code
 * ReadEventsEndpoint} and {@code StreamEventsEndpoint}.
 */
@NullMarked
package dev.recount.query.log;

import org.jspecify.annotations.NullMarked;
