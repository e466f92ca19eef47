/**
 * Undo by further events: of an edit, of a bulk change, of an import. Pure. Begin with {@link
 * dev.recount.command.undo.UndoDecider}.
 */
@NullMarked
package dev.recount.command.undo;

import org.jspecify.annotations.NullMarked;
