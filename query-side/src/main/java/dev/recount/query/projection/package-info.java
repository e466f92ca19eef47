/**
 * What the author of a read model reads. A {@link dev.recount.query.projection.Projection} applies batches of events to
 * its tables inside a transaction that it does not manage; {@link dev.recount.query.projection.IssueRowProjection} is
 * the base of those that count issues.
 */
@NullMarked
package dev.recount.query.projection;

import org.jspecify.annotations.NullMarked;
