/**
 * Runs undo commands over the histories of the issues concerned; an import is undone in chunks. Begin with {@code
 * RevertIssueHandler}.
 */
@NullMarked
package dev.recount.command.undo.axon;

import org.jspecify.annotations.NullMarked;
