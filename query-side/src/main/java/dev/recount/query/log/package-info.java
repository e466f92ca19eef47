/**
 * The log over HTTP, event by event as recorded: pages, lines, CloudEvents, and a stream that does not end. Begin with
 * {@code ReadEventsEndpoint} and {@code StreamEventsEndpoint}.
 */
@NullMarked
package dev.recount.query.log;

import org.jspecify.annotations.NullMarked;
