package dev.recount.verifier;

import org.jspecify.annotations.Nullable;

/**
 * A place in the log, as far as it could be read.
 *
 * @param position 0 where that could not be read either
 * @param event nothing where {@code fault} says why
 * @param hash recomputed from the event
 * @param recorded the hashes that were written down with the event: of its leaf, and of the perfect subtrees that it
 *     completes, from the smallest on; nothing where there are none
 */
@SuppressWarnings("ArrayRecordComponent") // a million of them are made and none compared
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
