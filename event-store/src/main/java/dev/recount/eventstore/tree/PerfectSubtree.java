package dev.recount.eventstore.tree;

/**
 * A subtree of 2^level leaves that begins at a multiple of that: the kind whose root never changes again once it is there.
 *
 * @param index the how manieth of its level, from 0
 */
public record PerfectSubtree(int level, long index) {

    /** How many leaves there are up to and with its last, which is the position of the event that completes it. */
    public long end() {
        return (index + 1) << level;
    }
}
