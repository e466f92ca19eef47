/**
 * What a read waits for: all writes that were acknowledged before it, or what its client asked for instead. Begin with
 * {@link dev.recount.query.consistency.ReadBarrier}. A connection that the database replaced is never read from.
 */
@NullMarked
package dev.recount.query.consistency;

import org.jspecify.annotations.NullMarked;
