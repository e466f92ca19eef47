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
 * Compares the live tables of some projections with a generation that was filled from the log.
 *
 * <p>Both are seen by one transaction: the live tables as they were at one moment, and the generation brought to the
 * very position that the live tables had then. So writes and projections go on meanwhile and do not show.
 *
 * @param position where the generations stand, not ahead of the live tables
 * @param leftOut how many discarded events a generation goes without up to there
 */
record Comparison(
        Connection connection,
        LogWindows windows,
        List<FilledGeneration> generations,
        long position,
        ToLongFunction<FilledGeneration> leftOut) {

    /** Positions that are applied at once. */
    private static final long STRETCH = 1_000;

    /**
     * Empty where a generation has an event that somebody discarded since it was applied, so that it has to be filled again.
     *
     * @param requireWanted throws when the comparison is to end
     */
    Optional<VerificationReport> run(Runnable requireWanted) throws SQLException {
        var before = connection.getTransactionIsolation();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        try {
            // Before the transaction's first look, so that what it then sees are the tables of that moment.
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

    /** Returns how many discarded events the generation goes without then. */
    private long apply(FilledGeneration generation, long last) throws SQLException {
        if (last < position) {
            throw new IllegalStateException(
                    "%s has gone back from position %d to %d meanwhile".formatted(generation.name(), position, last));
        }
        var without = leftOut.applyAsLong(generation);
        for (var from = position; from < last; from += STRETCH) {
            var window = windows.read(connection, from, Math.min(from + STRETCH, last));
            without += GenerationWriters.apply(window, generation, connection);
        }
        return without;
    }
}
