package dev.recount.benchmarks;

import dev.recount.benchmarks.history.History;
import dev.recount.standalone.audit.LogExport;
import dev.recount.verifier.DatabaseLog;
import dev.recount.verifier.ExportLog;
import dev.recount.verifier.LogSource;
import dev.recount.verifier.Report;
import dev.recount.verifier.Verification;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Measures the time to verify a whole log, in the database and from an export. */
final class AuditGroup {

    private static final long SEED = 5;

    /** The maximum time for a million events, in seconds. */
    private static final double MOST_PER_MILLION = 15;

    private static final double MILLION = 1_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private AuditGroup() {}

    static List<Figure> run(Path directory, Options options) throws Exception {
        Figure.Mark mark = Figure.Mark.figureAtMost(MOST_PER_MILLION * options.events() / MILLION, Double.NaN);
        Path export = directory.resolveSibling("log.ndjson");
        try (LogOnly log = LogOnly.in(directory)) {
            log.fill(History.ofLives(SEED, options.events()));
            Rounds rounds = new Rounds("audit", () -> {});
            rounds.add("log exported", "s", "", Figure.Mark.NONE, _ -> export(log, export));
            rounds.add("log verified in the database", "s", "", mark, _ -> verifyDatabase(log, options.events()));
            rounds.add("log verified from the export", "s", "", mark, _ -> verifyExport(export, options.events()));
            return rounds.run(options);
        }
    }

    private static double export(LogOnly log, Path file) throws Exception {
        Files.deleteIfExists(file);
        long began = System.nanoTime();
        LogExport.write(log.database(), "", file, _ -> {});
        return (System.nanoTime() - began) / NANOS_PER_SECOND;
    }

    private static double verifyDatabase(LogOnly log, long events) throws Exception {
        try (Connection connection = log.database().getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            connection.setAutoCommit(false);
            try (DatabaseLog source = DatabaseLog.open(connection, "benchmark", null, List.of())) {
                return verify(source, events);
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            }
        }
    }

    private static double verifyExport(Path file, long events) throws Exception {
        try (ExportLog source = ExportLog.open(file, List.of())) {
            return verify(source, events);
        }
    }

    private static double verify(LogSource source, long events) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        Report report = Verification.of(source, List.of(), _ -> {});
        if (!report.isIntact() || report.events() < events) {
            throw new IllegalStateException("the log of %d events is said to be: %s".formatted(events, report));
        }
        return (System.nanoTime() - began) / NANOS_PER_SECOND;
    }
}
