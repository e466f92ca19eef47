/**
 * Follows the log live. One thread per node applies each batch to all projections that the node has claimed and that
 * are at the same position. Begin with {@code Projector}; {@code ProjectorLifecycle} starts it and renews the claims.
 */
@NullMarked
package dev.recount.query.daemon;

import org.jspecify.annotations.NullMarked;
