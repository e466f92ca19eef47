/**
 * Undo of an edit, a bulk change or an import by further events. Pure. Begin with {@link
 * dev.recount.command.undo.UndoDecider}.
 */
@NullMarked
package dev.recount.command.undo;

import org.jspecify.annotations.NullMarked;
