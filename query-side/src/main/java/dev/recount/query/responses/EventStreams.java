package dev.recount.query.responses;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends the event streams when the node stops. A graceful stop waits for open requests, and event streams never end by
 * themselves.
 */
@Component
public final class EventStreams implements SmartLifecycle {

    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    /** Waits for the pause and returns true; returns false immediately when the node stops. */
    public boolean goOnAfter(Duration pause) throws InterruptedException {
        return !stopping.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        stopping.countDown();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** Stops first, before the web server waits for its requests. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
