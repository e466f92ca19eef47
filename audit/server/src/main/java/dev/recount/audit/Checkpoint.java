package dev.recount.audit;

import java.time.Instant;

/**
 * What was once said of the log, signed.
 *
 * @param number counts those that were issued
 * @param size events that it covers
 * @param note the text and its signatures
 */
@SuppressWarnings("ArrayRecordComponent") // written as JSON
record Checkpoint(long number, long size, byte[] rootHash, String note, Instant issuedAt) {}
