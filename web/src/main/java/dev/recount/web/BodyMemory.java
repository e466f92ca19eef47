package dev.recount.web;

import org.jspecify.annotations.Nullable;

/**
 * What one body holds of the heap: nothing while it is small, its own length while it arrives, and a multiple of that from
 * when it is there.
 *
 * <p>The two come from different budgets: what has arrived never waits for what has not.
 */
final class BodyMemory implements AutoCloseable {

    /** In bytes; of these a thousand may be under way without being counted. */
    static final int SMALL = 4 << 10;

    /** In bytes; a body that has not brought more has cost its client too little to be given memory for it. */
    private static final int UNCOUNTED_ARRIVAL = 16 << 10;

    /** Bytes of the heap for each of a body: its text, what is read from it, the event, its JSON and its row. */
    private static final int FOOTPRINT = 16;

    private final Budgets budgets;
    private final ClientPace client;
    private HeapBudget.@Nullable Share arrival;
    private HeapBudget.@Nullable Share whole;

    /**
     * The two parts of the heap that bodies may use.
     *
     * @param arriving for those that are still being sent
     * @param heap for those that are worked on, and for answers
     */
    record Budgets(HeapBudget arriving, HeapBudget heap) {}

    BodyMemory(Budgets budgets, ClientPace client) {
        this.budgets = budgets;
        this.client = client;
    }

    /** @param most how long the body may become */
    void arrived(long bytes, long most) {
        if (bytes > UNCOUNTED_ARRIVAL && arrival == null) {
            arrival = budgets.arriving().take(most, client);
        }
    }

    void complete(long bytes) {
        if (bytes > SMALL && whole == null) {
            whole = budgets.heap().take(bytes * FOOTPRINT, client);
            if (arrival != null) {
                arrival.close();
            }
        }
    }

    @Override
    public void close() {
        if (arrival != null) {
            arrival.close();
        }
        if (whole != null) {
            whole.close();
        }
    }
}
