package dev.recount.query.projection;

import java.time.Duration;

/**
 * How long the projector rests between batches: not at all where a batch was small or somebody waits for the next one,
 * and otherwise in proportion to what the batch took, so that under load the events gather and most of the processors'
 * time is left to those who write them.
 */
final class Pace {

    /** In events; a batch of fewer says that the log grows slowly. */
    private static final int SMALL = 8;

    private static final int RESTS_PER_WORK = 3;
    private static final Duration LONGEST = Duration.ofMillis(20);

    private final Signal hurry = new Signal();
    private long hurriedBefore;

    /** The rest that goes on ends, or the next one is left out. */
    void hurry() {
        hurry.raise();
    }

    void rest(int batchSize, Duration work) throws InterruptedException {
        if (batchSize >= SMALL) {
            var rest = work.multipliedBy(RESTS_PER_WORK);
            hurry.await(hurriedBefore, rest.compareTo(LONGEST) < 0 ? rest : LONGEST);
        }
        hurriedBefore = hurry.count();
    }
}
