package dev.recount.command.undo;

import dev.recount.command.issue.PastEvent;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the undoing of a bulk change came to. */
public sealed interface BulkUndoOutcome {

    /**
     * @param restored the issues that have their former status again
     * @param unchanged those in which there was nothing to take back
     * @param kept those whose status stays, and the later changes of it
     */
    record Undone(List<Long> restored, List<Long> unchanged, SortedMap<Long, List<PastEvent>> kept)
            implements BulkUndoOutcome {

        public Undone {
            restored = List.copyOf(restored);
            unchanged = List.copyOf(unchanged);
        }
    }

    /** Nothing was changed, because of later changes of the status of these. */
    record ChangedSince(SortedMap<Long, List<PastEvent>> issues) implements BulkUndoOutcome {}

    record AlreadyUndone(Instant at, @Nullable Long actor) implements BulkUndoOutcome {}

    record Unknown(UUID bulkId) implements BulkUndoOutcome {}
}
