/** The endpoints that undo; an import is undone in chunks. Begin with {@code RevertIssueEndpoint}. */
@NullMarked
package dev.recount.command.undo.http;

import org.jspecify.annotations.NullMarked;
