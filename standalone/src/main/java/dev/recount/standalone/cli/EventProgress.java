package dev.recount.standalone.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Periodically reports the position that an operation has reached. */
final class EventProgress implements LongConsumer {

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int LOOKS_EVERY = 1_000;

    private final PrintStream stream;
    private final String what;
    private long lastNanos = System.nanoTime();

    EventProgress(PrintStream stream, String what) {
        this.stream = stream;
        this.what = what;
    }

    @Override
    public void accept(long position) {
        if (position % LOOKS_EVERY == 0 && System.nanoTime() - lastNanos >= PERIOD.toNanos()) {
            lastNanos = System.nanoTime();
            stream.println(String.format(Locale.ROOT, "%s up to position %,d", what, position));
        }
    }
}
