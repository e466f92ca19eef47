package dev.recount.eventstore.tree;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A complete row of the log.
 *
 * @param payload JSON in UTF-8, as is {@code metadata}
 * @param recordedAtMicros since 1970-01-01, in UTC
 * @param leafHash 32 bytes
 * @param subtreeHashes of the perfect subtrees that the event completes, smallest first, 32 bytes each; null if it
 *     completes none
 */
@SuppressWarnings("ArrayRecordComponent") // goes straight to the database
public record SealedRow(
        long position,
        String stream,
        long sequence,
        UUID eventId,
        String type,
        int revision,
        byte[] payload,
        byte[] metadata,
        long recordedAtMicros,
        byte[] leafHash,
        byte @Nullable [] subtreeHashes) {}
