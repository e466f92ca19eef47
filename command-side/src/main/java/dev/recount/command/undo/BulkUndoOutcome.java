package dev.recount.command.undo;

import dev.recount.command.issue.PastEvent;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outcome of undoing a bulk change. */
public sealed interface BulkUndoOutcome {

    /**
     * @param restored the issues that have their former status again
     * @param unchanged the issues that already had it
     * @param kept the issues whose status stays, with its later changes
     */
    record Undone(List<Long> restored, List<Long> unchanged, SortedMap<Long, List<PastEvent>> kept)
            implements BulkUndoOutcome {

        public Undone {
            restored = List.copyOf(restored);
            unchanged = List.copyOf(unchanged);
        }
    }

    /** Nothing was changed, because the status of these issues was changed later. */
    record ChangedSince(SortedMap<Long, List<PastEvent>> issues) implements BulkUndoOutcome {}

    record AlreadyUndone(Instant at, @Nullable Long actor) implements BulkUndoOutcome {}

    record Unknown(UUID bulkId) implements BulkUndoOutcome {}
}
