package dev.recount.benchmarks;

import dev.recount.benchmarks.history.History;
import dev.recount.query.projection.Projection;
import dev.recount.query.rebuild.Rebuilds;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Measures rebuilds from a history on its own database, compared with only reading the history. */
final class RebuildGroup {

    private static final long SEED = 4;

    private static final String FLOOR = "log read only";
    private static final String ALL_AT_ONCE = "rebuild of all in one pass";
    private static final String ONE_BY_ONE = "rebuild of one after the other, time";

    private RebuildGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (LogOnly log = LogOnly.in(directory)) {
            Stopwatch filling = new Stopwatch();
            log.fill(History.ofLives(SEED, options.events()));
            filling.say("%,d events appended", options.events());
            vacuum(log);
            Rounds rounds = new Rounds("rebuild", () -> {});
            LogRead read = new LogRead(log.log());
            addWatched(rounds, FLOOR, "", _ -> read.eventsPerSecond());
            try (Rebuilds rebuilds = log.rebuilds()) {
                RebuildLoad load = new RebuildLoad(rebuilds);
                List<String> all =
                        log.projections().stream().map(Projection::name).toList();
                for (String name : all) {
                    rounds.add("rebuild of " + name, "/s", FLOOR, mark(name), _ -> load.eventsPerSecond(List.of(name)));
                }
                addWatched(rounds, ALL_AT_ONCE, FLOOR, _ -> load.eventsPerSecond(all));
                rounds.add(ONE_BY_ONE, "s", "", Figure.Mark.NONE, _ -> load.secondsOneByOne(all));
                rounds.add(ALL_AT_ONCE + ", time", "s", ONE_BY_ONE, Figure.Mark.NONE, _ -> load.secondsOf(all));
                return rounds.run(options);
            }
        }
    }

    private static Figure.Mark mark(String projection) {
        return "issue-list".equals(projection)
                ? Figure.Mark.figureAtLeast(40_000, 100_000)
                : Figure.Mark.figureAtLeast(25_000, 50_000);
    }

    /** The heap's figures come from the same run and reuse the first's data. */
    private static void addWatched(Rounds rounds, String name, String floor, Rounds.Measure measure) {
        double[] heap = new double[3];
        rounds.add(name, "/s", floor, Figure.Mark.NONE, stretch -> {
            try (HeapUse use = new HeapUse()) {
                double perSecond = measure.run(stretch);
                heap[0] = use.highest();
                heap[1] = use.highestLeft();
                heap[2] = HeapUse.afterCollection();
                return perSecond;
            }
        });
        rounds.add(name + ", heap at most", "MB", "", Figure.Mark.NONE, _ -> heap[0]);
        rounds.add(name + ", heap left by a collection", "MB", "", Figure.Mark.NONE, _ -> heap[1]);
        rounds.add(name + ", heap at the end", "MB", "", Figure.Mark.NONE, _ -> heap[2]);
    }

    /** Otherwise PostgreSQL might do this in the middle of the first round. */
    private static void vacuum(LogOnly log) throws SQLException {
        try (Connection connection = log.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        }
    }
}
