package dev.recount.query.daemon;

import java.time.Duration;

/**
 * Throttles the projector between batches, unless a read waits for the next one. Under heavy writes it rests long, so
 * that events gather and writes get most of the processor time. If events arrive one by one, it rests as long as the
 * batch took, because each event costs as much as a batch. While it catches up, it does not rest.
 */
final class ProjectorThrottle {

    /** In events; a larger batch without heavy writes means that the projector is catching up. */
    private static final int SMALL = 100;

    private static final int RESTS_PER_WORK_AMID_WRITES = 3;
    private static final Duration LONGEST = Duration.ofMillis(20);

    private final Signal hurry = new Signal();
    private long hurriedBefore;

    /** Ends the current rest, or skips the next one. */
    void hurry() {
        hurry.raise();
    }

    void rest(int batchSize, Duration work, boolean amidWrites) throws InterruptedException {
        if (amidWrites || batchSize < SMALL) {
            var rest = amidWrites ? work.multipliedBy(RESTS_PER_WORK_AMID_WRITES) : work;
            hurry.await(hurriedBefore, rest.compareTo(LONGEST) < 0 ? rest : LONGEST);
        }
        hurriedBefore = hurry.count();
    }
}
