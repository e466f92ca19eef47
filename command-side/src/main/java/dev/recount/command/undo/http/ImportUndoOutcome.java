package dev.recount.command.undo.http;

import dev.recount.command.bus.CommandResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The outcome of undoing an import. */
public sealed interface ImportUndoOutcome {

    /**
     * @param withdrawn the number of withdrawn issues
     * @param kept the issues that stay, with the changes made by other users
     * @param last the result of the last command
     */
    record Undone(long withdrawn, UndoConflicts kept, CommandResult<?> last) implements ImportUndoOutcome {}

    /** Nothing was withdrawn, because of the changes made by other users to these issues. */
    record Objected(UndoConflicts issues) implements ImportUndoOutcome {}

    record AlreadyUndone(Instant at, @Nullable Long actor) implements ImportUndoOutcome {}

    record Unknown() implements ImportUndoOutcome {}
}
