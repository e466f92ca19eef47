/** The timeline of each issue, one entry per change. Begin with {@code TimelineProjection}. */
@NullMarked
package dev.recount.query.timeline;

import org.jspecify.annotations.NullMarked;
