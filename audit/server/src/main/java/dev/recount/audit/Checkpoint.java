package dev.recount.audit;

import java.time.Instant;

/**
 * A signed statement about the log at one size.
 *
 * @param number counts the issued checkpoints
 * @param size the number of events that it covers
 * @param note the text and its signatures
 */
@SuppressWarnings("ArrayRecordComponent") // written as JSON
record Checkpoint(long number, long size, byte[] rootHash, String note, Instant issuedAt) {}
