package dev.recount.command.undo.http;

import dev.recount.command.bus.CommandResult;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the undoing of an import came to. */
public sealed interface ImportUndoOutcome {

    /**
     * @param withdrawn how many issues
     * @param kept those that stay, and what others have done with them
     * @param last of the commands that it took
     */
    record Undone(long withdrawn, UndoConflicts kept, CommandResult<?> last) implements ImportUndoOutcome {}

    /** Nothing was withdrawn, because of what others have done with these. */
    record Objected(UndoConflicts issues) implements ImportUndoOutcome {}

    record AlreadyUndone(Instant at, @Nullable Long actor) implements ImportUndoOutcome {}

    record Unknown() implements ImportUndoOutcome {}
}
