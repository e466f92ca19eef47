/** The endpoints that undo. Begin with {@code RevertIssueEndpoint}. */
@NullMarked
package dev.recount.command.undo.http;

import org.jspecify.annotations.NullMarked;
