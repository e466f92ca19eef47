package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Measures the time from a write's commit until it is in the list of issues. */
final class LagGroup {

    private static final int WRITES_PER_SECOND = 500;

    private LagGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (RunningRecount recount = RunningRecount.in(directory)) {
            ProjectionLag lag = new ProjectionLag(recount.commands(), recount.positions(), "issue-list");
            Rounds rounds = new Rounds("lag", recount::awaitCaughtUp);
            // Both come from the same measurement: the second reuses the first's data.
            Histogram[] seen = new Histogram[1];
            String name = "commit to visible at " + WRITES_PER_SECOND + " writes/s, p";
            rounds.add(name + 50, "ms", "", Mark.figureAtMost(8, 3), stretch -> {
                seen[0] = lag.at(WRITES_PER_SECOND, stretch);
                return seen[0].getValueAtPercentile(50) / 1_000.0;
            });
            rounds.add(name + 99, "ms", "", Mark.figureAtMost(40, 15), _ -> seen[0].getValueAtPercentile(99) / 1_000.0);
            return rounds.run(options);
        }
    }
}
