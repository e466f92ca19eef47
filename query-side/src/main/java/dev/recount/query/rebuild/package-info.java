/**
 * Runs that fill new generations of projections' tables from the log, and swap them in or compare them. A crash leaves
 * the live tables intact, and any node can cancel a run. Begin with {@link dev.recount.query.rebuild.Rebuilds}.
 */
@NullMarked
package dev.recount.query.rebuild;

import org.jspecify.annotations.NullMarked;
