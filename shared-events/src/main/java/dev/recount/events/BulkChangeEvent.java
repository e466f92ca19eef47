package dev.recount.events;

import java.util.List;
import java.util.UUID;

/** The events of a bulk change, which changes many issues together. The stream is {@code bulk-<id>}. */
public sealed interface BulkChangeEvent extends RecountEvent {

    UUID bulkId();

    /** The first event, in the same append as the changes. The issues are in the order of the request. */
    record BulkChangeApplied(UUID bulkId, List<ChangedStatus> issues) implements BulkChangeEvent {}

    /**
     * The last event, in the append that restored the issues.
     *
     * @param restored the issues that got their former status back
     * @param kept the issues that stay unchanged because of later changes
     */
    record BulkChangeUndone(UUID bulkId, List<Long> restored, List<Long> kept) implements BulkChangeEvent {}
}
