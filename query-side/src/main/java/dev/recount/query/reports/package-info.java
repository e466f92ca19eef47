/** Figures over all issues, kept as they change, so that asking for them costs the same however many there are. */
@NullMarked
package dev.recount.query.reports;

import org.jspecify.annotations.NullMarked;
