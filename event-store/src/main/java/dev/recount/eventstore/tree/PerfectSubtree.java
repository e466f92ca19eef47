package dev.recount.eventstore.tree;

/**
 * A subtree of 2^level leaves that begins at a multiple of that number. Its root never changes once it is complete.
 *
 * @param index number of the subtree within its level, from 0
 */
public record PerfectSubtree(int level, long index) {

    /** The number of leaves up to and including its last, which is the position of the event that completes it. */
    public long end() {
        return (index + 1) << level;
    }
}
