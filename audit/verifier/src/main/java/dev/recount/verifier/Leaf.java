package dev.recount.verifier;

import org.jspecify.annotations.Nullable;

/**
 * A place in the log, as far as it could be read.
 *
 * @param position 0 if the position could not be read either
 * @param event null if {@code fault} says why
 * @param hash recomputed from the event
 * @param recorded the hashes stored with the event: of its leaf, and of the perfect subtrees that it completes, from
 *     the smallest on; null if none are stored
 */
@SuppressWarnings("ArrayRecordComponent") // a million are created and none compared
public record Leaf(
        long position,
        @Nullable LogEvent event,
        byte @Nullable [] hash,
        byte @Nullable [] recorded,
        @Nullable String fault) {

    static Leaf unreadable(long position, String fault) {
        return new Leaf(position, null, null, null, fault);
    }
}
