/** The undoing of imports, chunk by chunk. */
@NullMarked
package dev.recount.command.issue.undo;

import org.jspecify.annotations.NullMarked;
