/**
 * The command side: decides what may happen and appends it to the log.
 *
 * <p>Begin with {@link dev.recount.command.issue.IssueDecider}. Packages named after an aggregate or a feature are
 * pure; their {@code axon} packages run them on the command bus, their {@code http} packages are the endpoints.
 */
@NullMarked
package dev.recount.command;

import org.jspecify.annotations.NullMarked;
