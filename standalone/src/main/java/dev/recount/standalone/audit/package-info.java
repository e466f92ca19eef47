/** Exports the log to a file and restores it. */
@NullMarked
package dev.recount.standalone.audit;

import org.jspecify.annotations.NullMarked;
