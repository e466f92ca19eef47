package dev.recount.query.consistency;

/**
 * How much a read must see: by default the log as of the start of the read. A client can accept stale data, and can set
 * a lower bound in either case.
 *
 * @param staleOk whether stale data is acceptable
 * @param minPosition the position that must be covered in any case, 0 for none
 */
public record ReadConsistency(boolean staleOk, long minPosition) {

    /** The default for every read. */
    public static final ReadConsistency CURRENT = new ReadConsistency(false, 0);

    boolean asksForNothing() {
        return staleOk && minPosition == 0;
    }

    long positionWanted(long head) {
        return staleOk ? minPosition : Math.max(head, minPosition);
    }
}
