package dev.recount.query.rebuild;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Tells the thread of a run that it is to stop, wherever it works or rests; the first who says so says why. */
final class StopRequest {

    private final AtomicReference<@Nullable RebuildPhase> reason = new AtomicReference<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** @param as what the run is to end as */
    void stop(RebuildPhase as) {
        reason.compareAndSet(null, as);
        stopping.countDown();
    }

    /** What the run is to end as; null while it is to go on. */
    @Nullable
    RebuildPhase reason() {
        return reason.get();
    }

    /** @throws CancellationException if the run is to stop */
    void requireWanted() {
        if (reason.get() != null) {
            throw new CancellationException();
        }
    }

    /**
     * Lets the time go by.
     *
     * @throws CancellationException as soon as the run is to stop
     */
    void rest(Duration rest) throws InterruptedException {
        if (stopping.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new CancellationException();
        }
    }
}
