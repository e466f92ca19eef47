/**
 * The command side: validates commands and appends their events to the log.
 *
 * <p>Begin with {@link dev.recount.command.issue.IssueDecider}. Packages named after an aggregate or a feature are
 * pure. Their {@code axon} packages run them on the command bus, and their {@code http} packages are the endpoints.
 */
@NullMarked
package dev.recount.command;

import org.jspecify.annotations.NullMarked;
