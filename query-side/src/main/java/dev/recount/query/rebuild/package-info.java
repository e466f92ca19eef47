/**
 * Runs that fill new generations of projections' tables from the log, swap them in, or compare them. They survive
 * crashes and can be cancelled from any node. Begin with {@link dev.recount.query.rebuild.Rebuilds}.
 */
@NullMarked
package dev.recount.query.rebuild;

import org.jspecify.annotations.NullMarked;
