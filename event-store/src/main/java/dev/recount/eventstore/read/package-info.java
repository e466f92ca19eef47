/**
 * Reads the log in bounded parts: by position, by stream, by filter, and the tree over it. Readers are woken when the
 * log grows. Begin with {@link dev.recount.eventstore.read.EventLog}.
 */
@NullMarked
package dev.recount.eventstore.read;

import org.jspecify.annotations.NullMarked;
