/**
 * Figures over all issues, updated with each event, so that the cost of a report does not depend on the number of
 * issues. Begin with {@code Report} and {@code docs/adding-a-report.md}.
 */
@NullMarked
package dev.recount.query.reports;

import org.jspecify.annotations.NullMarked;
