package dev.recount.eventstore;

/**
 * Asks the log whether a state is still the newest.
 *
 * <p>An accepted command needs no such question, because its append fails on a stale state. A refusal, or an
 * acceptance that writes nothing, does: with several nodes, a cached state may be behind.
 */
public final class StreamFreshness {

    private final EventLog log;

    StreamFreshness(EventLog log) {
        this.log = log;
    }

    /**
     * @param sequence of the last event that the state has seen, -1 for none
     * @throws StaleAggregateException when the stream has gone on since
     */
    public void requireCurrent(String stream, long sequence) {
        if (log.lastSequence(stream).orElse(-1) > sequence) {
            throw new StaleAggregateException(stream, sequence);
        }
    }
}
