package dev.recount.query.rebuild;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A request to stop a run, for its thread to check while it works or rests. The first request decides the reason. */
final class StopRequest {

    private final AtomicReference<@Nullable RebuildPhase> reason = new AtomicReference<>();
    private final CountDownLatch stopping = new CountDownLatch(1);

    /** @param as the phase in which the run is to end */
    void stop(RebuildPhase as) {
        reason.compareAndSet(null, as);
        stopping.countDown();
    }

    /** The phase in which the run is to end; null while it is to go on. */
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
     * Sleeps for the given time.
     *
     * @throws CancellationException as soon as the run is to stop
     */
    void rest(Duration rest) throws InterruptedException {
        if (stopping.await(rest.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new CancellationException();
        }
    }
}
