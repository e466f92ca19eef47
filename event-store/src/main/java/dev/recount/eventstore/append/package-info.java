/**
 * Group commit: one transaction writes the events of all waiting commands, and each failed append gets its reason.
 * Begin with {@link dev.recount.eventstore.append.GroupCommitAppender}, then {@code LogWriter}.
 */
@NullMarked
package dev.recount.eventstore.append;

import org.jspecify.annotations.NullMarked;
