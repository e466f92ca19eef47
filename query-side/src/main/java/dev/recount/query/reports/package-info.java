/**
 * Figures over all issues, updated with each event, so that a report costs the same however many issues there are.
 * Begin with {@code Report} and {@code docs/adding-a-report.md}.
 */
@NullMarked
package dev.recount.query.reports;

import org.jspecify.annotations.NullMarked;
