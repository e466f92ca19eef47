package dev.recount.eventstore.read;

import java.util.Map;

/**
 * Checks with the log whether a state is still current.
 *
 * <p>An accepted command needs no such check, because its append fails on a stale state. A refusal, or an acceptance
 * that writes nothing, needs it: with several nodes, a cached state may be behind.
 */
public final class StreamFreshness {

    private final LogReader reader;

    public StreamFreshness(LogReader reader) {
        this.reader = reader;
    }

    /**
     * Checks all the streams in one statement.
     *
     * @param sequences of the last event that the state of each stream has seen, -1 for none
     * @throws StaleAggregateException when one of the streams has newer events
     */
    public void requireCurrent(Map<String, Long> sequences) {
        reader.streamBeyond(sequences).ifPresent(stream -> {
            throw new StaleAggregateException(stream, sequences.getOrDefault(stream, -1L));
        });
    }
}
