/** Runs undo commands over the histories of the issues concerned. Begin with {@code RevertIssueHandler}. */
@NullMarked
package dev.recount.command.undo.axon;

import org.jspecify.annotations.NullMarked;
