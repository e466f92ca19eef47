package dev.recount.benchmarks;

import dev.recount.benchmarks.history.History;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** How fast read models are recounted from a history, measured against reading it, on a database of its own. */
final class RebuildGroup {

    private static final long SEED = 4;

    private static final String FLOOR = "log read only";

    private RebuildGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        try (LogOnly log = LogOnly.in(directory)) {
            Stopwatch filling = new Stopwatch();
            log.fill(History.ofLives(SEED, options.events()));
            filling.say("%,d events appended", options.events());
            vacuum(log);
            Rounds rounds = new Rounds(() -> {});
            LogRead read = new LogRead(log.log());
            addWatched(rounds, FLOOR, "", _ -> read.eventsPerSecond());
            // The rebuild of each projection, and of all of them in one pass, is added here, with FLOOR as its floor.
            return rounds.run(options);
        }
    }

    /** The heap's figures come from the same run, so they only look at what the first saw. */
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

    /** What PostgreSQL would else do by itself in the middle of the first round. */
    private static void vacuum(LogOnly log) throws SQLException {
        try (Connection connection = log.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("VACUUM ANALYZE");
        }
    }
}
