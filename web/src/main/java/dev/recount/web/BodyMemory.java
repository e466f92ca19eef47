package dev.recount.web;

import org.jspecify.annotations.Nullable;

/**
 * The heap share of one body. It is nothing while the body is small, its length while it arrives, and a multiple of its
 * length once it is complete.
 *
 * <p>Arriving and complete bodies have separate budgets, so that a complete body never waits for an arriving one.
 */
final class BodyMemory implements AutoCloseable {

    /** In bytes. A thousand bodies of this size may be in progress uncounted. */
    static final int SMALL = 4 << 10;

    /** In bytes. A shorter part of a body has cost its client too little to reserve memory for it. */
    private static final int UNCOUNTED_ARRIVAL = 16 << 10;

    /** Heap bytes per byte of a body: its text, the parsed values, the event, its JSON and its row. */
    private static final int FOOTPRINT = 16;

    private final Budgets budgets;
    private final ClientPace client;
    private HeapBudget.@Nullable Share arrival;
    private HeapBudget.@Nullable Share whole;

    /**
     * The two heap budgets of bodies.
     *
     * @param arriving for bodies that are still being sent
     * @param heap for bodies that are being processed, and for responses
     */
    record Budgets(HeapBudget arriving, HeapBudget heap) {}

    BodyMemory(Budgets budgets, ClientPace client) {
        this.budgets = budgets;
        this.client = client;
    }

    /** @param most maximum length of the body */
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
