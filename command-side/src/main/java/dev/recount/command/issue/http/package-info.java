/** The endpoints that create, edit, label and comment on one issue. Begin with {@code EditIssueEndpoint}. */
@NullMarked
package dev.recount.command.issue.http;

import org.jspecify.annotations.NullMarked;
