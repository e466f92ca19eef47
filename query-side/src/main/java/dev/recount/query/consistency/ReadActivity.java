package dev.recount.query.consistency;

import java.time.Duration;

/**
 * Whether this node is serving reads right now. Background work that can wait uses this to leave the processors to
 * reads.
 *
 * <p>A read counts for one second.
 */
public final class ReadActivity {

    private static final Duration MEMORY = Duration.ofSeconds(1);

    private volatile long lastRead = System.nanoTime() - MEMORY.toNanos();

    public void noteRead() {
        lastRead = System.nanoTime();
    }

    public boolean isOn() {
        return System.nanoTime() - lastRead < MEMORY.toNanos();
    }
}
