/**
 * The query side: read models that are derived from the log, and the endpoints that serve them.
 *
 * <p>Begin with {@link dev.recount.query.projection.Projection}, then with one read model, such as the users. The
 * packages {@code daemon}, {@code checkpoint}, {@code deadletters}, {@code rebuild} and {@code generations} keep read
 * models up to date; {@code consistency} and {@code responses} decide what a read returns.
 */
@NullMarked
package dev.recount.query;

import org.jspecify.annotations.NullMarked;
