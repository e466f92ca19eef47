/**
 * Issues: commands, decisions, states and rules. Pure: no framework, no clock, no randomness. Begin with {@link
 * dev.recount.command.issue.IssueDecider}.
 */
@NullMarked
package dev.recount.command.issue;

import org.jspecify.annotations.NullMarked;
