package dev.recount.eventstore.read;

import java.util.Map;

/**
 * Asks the log whether a state is still the newest.
 *
 * <p>An accepted command needs no such question, because its append fails on a stale state. A refusal, or an
 * acceptance that writes nothing, does: with several nodes, a cached state may be behind.
 */
public final class StreamFreshness {

    private final LogReader reader;

    public StreamFreshness(LogReader reader) {
        this.reader = reader;
    }

    /**
     * Asks about all the streams at once.
     *
     * @param sequences of the last event that the state of each stream has seen, -1 for none
     * @throws StaleAggregateException when one of the streams has gone on since
     */
    public void requireCurrent(Map<String, Long> sequences) {
        reader.streamBeyond(sequences).ifPresent(stream -> {
            throw new StaleAggregateException(stream, sequences.getOrDefault(stream, -1L));
        });
    }
}
