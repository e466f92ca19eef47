package dev.recount.events;

import java.util.List;
import java.util.UUID;

/** Everything that can happen to a change of many issues at once; the stream is {@code bulk-<id>}. */
public sealed interface BulkChangeEvent extends RecountEvent {

    UUID bulkId();

    /** First event, in the append of what it tells; the issues are in the order in which they were asked for. */
    record BulkChangeApplied(UUID bulkId, List<ChangedStatus> issues) implements BulkChangeEvent {}

    /**
     * Last event, in the append that put the issues back.
     *
     * @param restored the issues that have their former status again
     * @param kept those that stay as others have made them since
     */
    record BulkChangeUndone(UUID bulkId, List<Long> restored, List<Long> kept) implements BulkChangeEvent {}
}
