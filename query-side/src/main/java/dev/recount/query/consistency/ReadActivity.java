package dev.recount.query.consistency;

import java.time.Duration;

/**
 * Whether this node answers reads just now, for work that can wait and would take the processors away from them.
 *
 * <p>It forgets after a second.
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
