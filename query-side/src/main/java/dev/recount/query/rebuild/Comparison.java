package dev.recount.query.rebuild;

import dev.recount.query.generations.FilledGeneration;
import dev.recount.query.generations.TableComparison;
import dev.recount.query.generations.TableGeneration;
import dev.recount.query.generations.VerificationReport;
import dev.recount.query.generations.VerificationReport.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * Compares the live tables of projections with a generation that was filled from the log.
 *
 * <p>One transaction reads both. It sees the live tables as of one moment, and brings the generation to the position
 * that they had then. So concurrent writes and projections do not affect the result.
 *
 * @param position position of the generations, not ahead of the live tables
 * @param leftOut number of discarded events that a generation lacks up to that position
 */
record Comparison(
        Connection connection,
        LogWindows windows,
        List<FilledGeneration> generations,
        long position,
        ToLongFunction<FilledGeneration> leftOut) {

    /** Positions applied per step. */
    private static final long STRETCH = 1_000;

    /**
     * Runs the comparison. Empty if a generation contains an event that was discarded after it was applied, so that it
     * must be filled again.
     *
     * @param requireWanted throws if the comparison is to end
     */
    Optional<VerificationReport> run(Runnable requireWanted) throws SQLException {
        var before = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try {
            // Locked before the transaction takes its snapshot, so that the snapshot shows the locked tables.
            TableGeneration.execute(connection, "LOCK TABLE " + liveTables() + " IN ACCESS SHARE MODE");
            var tables = new ArrayList<Table>();
            for (var generation : generations) {
                var last = StoredProjection.read(connection, generation.name()).position();
                if (apply(generation, last) != DiscardedEvents.count(connection, generation.name(), last)) {
                    return Optional.empty();
                }
                for (var table : generation.tables().tables()) {
                    requireWanted.run();
                    tables.add(new TableComparison(connection, generation, table, last).run());
                }
            }
            return Optional.of(new VerificationReport(tables));
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
            connection.setTransactionIsolation(before);
        }
    }

    private String liveTables() {
        return generations.stream()
                .flatMap(generation -> generation.tables().tables().stream()
                        .map(table ->
                                TableGeneration.qualified(generation.tables().live(), table)))
                .collect(Collectors.joining(", "));
    }

    /**
     * Applies events up to the last position, and returns the number of discarded events that the generation then
     * lacks.
     */
    private long apply(FilledGeneration generation, long last) throws SQLException {
        if (last < position) {
            throw new IllegalStateException(
                    "%s went back from position %d to %d during the run".formatted(generation.name(), position, last));
        }
        var without = leftOut.applyAsLong(generation);
        for (var from = position; from < last; from += STRETCH) {
            var window = windows.read(connection, from, Math.min(from + STRETCH, last));
            without += GenerationWriters.apply(window, generation, connection);
        }
        return without;
    }
}
