/**
 * Appends events in groups: one transaction writes what all waiting commands decided, or tells each why not. Begin with
 * {@link dev.recount.eventstore.append.GroupCommitAppender}, then {@code LogWriter}.
 */
@NullMarked
package dev.recount.eventstore.append;

import org.jspecify.annotations.NullMarked;
