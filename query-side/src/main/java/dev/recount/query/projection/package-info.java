/**
 * The interfaces for authors of read models. A {@link dev.recount.query.projection.Projection} applies batches of
 * events to its tables inside a transaction that it does not manage. {@link
 * dev.recount.query.projection.IssueRowProjection} is the base class of projections that count issues.
 */
@NullMarked
package dev.recount.query.projection;

import org.jspecify.annotations.NullMarked;
