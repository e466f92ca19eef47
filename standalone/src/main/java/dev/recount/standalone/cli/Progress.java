package dev.recount.standalone.cli;

import dev.recount.query.rebuild.RebuildPhase;
import dev.recount.query.rebuild.RebuildState;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Shows the progress of a run: a bar on a terminal, else a line from time to time.
 *
 * <p>The run knows its rate and its end already. A library would only add a thread and native code for the terminal's
 * width.
 */
abstract class Progress implements AutoCloseable {

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int BAR = 20;
    private static final int WIDTH = 79;

    private static final int PERCENT = 100;

    abstract void show(RebuildState state);

    @Override
    public void close() {}

    static Progress none() {
        return new Progress() {
            @Override
            void show(RebuildState state) {}
        };
    }

    static Progress of(PrintStream stream) {
        return isTerminal() ? new Bar(stream) : new Lines(stream, PERIOD);
    }

    /** Java checks only input and output together; the shell can test the inherited error output alone. */
    private static boolean isTerminal() {
        try {
            return new ProcessBuilder("sh", "-c", "test -t 2")
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static long percent(RebuildState state) {
        return state.eventsTotal() == 0
                ? (state.phase() == RebuildPhase.DONE ? PERCENT : 0)
                : Math.min(PERCENT, state.eventsDone() * PERCENT / state.eventsTotal());
    }

    private static String figures(RebuildState state) {
        var text = String.format(Locale.ROOT, "%,d/%,d", state.eventsDone(), state.eventsTotal());
        if (state.eventsPerSecond() != null) {
            text += String.format(Locale.ROOT, "  %,.0f/s", state.eventsPerSecond());
        }
        var end = state.estimatedEnd();
        return end == null
                ? text
                : text + "  " + Math.max(0, Duration.between(Instant.now(), end).toSeconds()) + " s left";
    }

    /** Overwrites one line repeatedly. */
    static final class Bar extends Progress {

        private final PrintStream stream;
        private boolean begun;

        Bar(PrintStream stream) {
            this.stream = stream;
        }

        @Override
        void show(RebuildState state) {
            begun = true;
            var done = (int) percent(state) * BAR / PERCENT;
            var line = String.format(
                    Locale.ROOT,
                    "%-11s [%s%s] %3d %%  %s",
                    state.phase().storedName().replace('_', ' '),
                    "#".repeat(done),
                    ".".repeat(BAR - done),
                    percent(state),
                    figures(state));
            stream.printf("\r%-" + WIDTH + "." + WIDTH + "s", line);
            stream.flush();
        }

        @Override
        public void close() {
            if (begun) {
                stream.println();
            }
        }
    }

    /** Prints a line for each phase, and one per interval. */
    static final class Lines extends Progress {

        private final PrintStream stream;
        private final Duration period;
        private @Nullable RebuildPhase last;
        private long lastNanos;

        Lines(PrintStream stream, Duration period) {
            this.stream = stream;
            this.period = period;
        }

        @Override
        void show(RebuildState state) {
            var now = System.nanoTime();
            if (state.phase() != last || now - lastNanos >= period.toNanos()) {
                last = state.phase();
                lastNanos = now;
                stream.println(
                        state.phase().storedName().replace('_', ' ') + "  " + percent(state) + " %  " + figures(state));
            }
        }
    }
}
