package dev.recount.query.daemon;

import java.time.Duration;

/**
 * How long the projector rests between batches, unless somebody waits for the next one: long amid many writes, so that events
 * gather and most of the processors' time is left to those who write; as long as the batch took where events come one by
 * one, for each of them costs as much as a batch; and not at all where there is something to catch up with.
 */
final class ProjectorThrottle {

    /** In events; a batch of more that is not amid many writes catches up with something. */
    private static final int SMALL = 100;

    private static final int RESTS_PER_WORK_AMID_WRITES = 3;
    private static final Duration LONGEST = Duration.ofMillis(20);

    private final Signal hurry = new Signal();
    private long hurriedBefore;

    /** The rest that goes on ends, or the next one is left out. */
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
