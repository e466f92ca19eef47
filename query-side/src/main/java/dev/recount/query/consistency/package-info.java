/**
 * The position that a read waits for: all writes acknowledged before it, or the position that its client requested.
 * Begin with {@link dev.recount.query.consistency.ReadBarrier}. Reads never use a connection opened since their
 * position was learnt.
 */
@NullMarked
package dev.recount.query.consistency;

import org.jspecify.annotations.NullMarked;
