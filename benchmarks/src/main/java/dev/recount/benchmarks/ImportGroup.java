package dev.recount.benchmarks;

import dev.recount.benchmarks.Figure.Mark;
import java.nio.file.Path;
import java.util.List;

/** Measures the imported CSV rows per second, beside copying the same rows into a bare table. */
final class ImportGroup {

    private static final String COPY = "COPY of the same rows";

    private ImportGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (RunningRecount recount = RunningRecount.in(directory)) {
            ImportLoad load = new ImportLoad(options.importRows());
            JdbcFloor jdbc = recount.jdbc();
            int port = recount.requests().port();
            Rounds rounds = new Rounds("import", recount::awaitCaughtUp);
            // The first import of a process is one that a user waits for, so it is reported separately.
            rounds.addCold(COPY + ", cold", "/s", "", _ -> load.copiedPerSecond(jdbc));
            rounds.addCold("CSV import, rows, cold", "/s", COPY + ", cold", _ -> load.importedPerSecond(port));
            rounds.add(COPY, "/s", "", Mark.NONE, _ -> load.copiedPerSecond(jdbc));
            rounds.add("CSV import, rows", "/s", COPY, Mark.ratioAtLeast(0.15, 0.4), _ -> load.importedPerSecond(port));
            return rounds.run(options);
        }
    }
}
