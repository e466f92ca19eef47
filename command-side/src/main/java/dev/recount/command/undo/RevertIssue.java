package dev.recount.command.undo;

import dev.recount.command.issue.IfMatch;
import dev.recount.command.issue.RevertTarget;

/**
 * Asks that edits of an issue be taken back by a further edit.
 *
 * @param merge whether a field that was changed again later stays unchanged; if not, it is a reason to refuse
 */
public record RevertIssue(long issueId, RevertTarget target, boolean merge, long expectedVersion, IfMatch ifMatch) {}
