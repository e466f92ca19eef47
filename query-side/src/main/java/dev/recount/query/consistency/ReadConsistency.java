package dev.recount.query.consistency;

/**
 * How much a read must see: the log as it was when the read began, unless less will do, and a lower bound either way.
 *
 * @param staleOk whether whatever is there will do
 * @param minPosition the position that must be covered in any case, 0 for none
 */
public record ReadConsistency(boolean staleOk, long minPosition) {

    /** What every read gets that asks for nothing else. */
    public static final ReadConsistency CURRENT = new ReadConsistency(false, 0);

    boolean asksForNothing() {
        return staleOk && minPosition == 0;
    }

    long positionWanted(long head) {
        return staleOk ? minPosition : Math.max(head, minPosition);
    }
}
