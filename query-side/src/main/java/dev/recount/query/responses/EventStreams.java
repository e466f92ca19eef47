package dev.recount.query.responses;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Ends the streams of events when the node stops: a graceful stop waits for requests to end, and those do not by
 * themselves.
 */
@Component
public final class EventStreams implements SmartLifecycle {

    private volatile CountDownLatch stopping = new CountDownLatch(1);
    private volatile boolean running;

    /** False when the node stops, at once. */
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

    /** The first to be stopped, before the web server waits. */
    @Override
    public int getPhase() {
        return Integer.MAX_VALUE;
    }
}
