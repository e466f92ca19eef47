/**
 * Reads the log in bounded parts, by position, stream or filter, and the tree over it. Readers are notified when the
 * log grows. Begin with {@link dev.recount.eventstore.read.EventLog}.
 */
@NullMarked
package dev.recount.eventstore.read;

import org.jspecify.annotations.NullMarked;
