/** What happened to each issue, entry by entry. */
@NullMarked
package dev.recount.query.timeline;

import org.jspecify.annotations.NullMarked;
