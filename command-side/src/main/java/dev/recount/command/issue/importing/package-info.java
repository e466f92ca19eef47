/** The import of issues from CSV files: judged row by row by the rules of a single creation, appended in batches. */
@NullMarked
package dev.recount.command.issue.importing;

import org.jspecify.annotations.NullMarked;
