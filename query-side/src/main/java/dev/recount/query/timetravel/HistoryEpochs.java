package dev.recount.query.timetravel;

import java.util.Collection;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Determines the epoch of projections for reads of the past. */
@Component
public final class HistoryEpochs {

    /** The text is empty if all projections are in their first epoch and have no dead letter. */
    private static final String SELECT = """
        WITH edition AS (
            SELECT string_agg(edition::text, '.' ORDER BY name) AS text, bool_and(edition = 1) AS first
            FROM projection
            WHERE name = ANY (:projections)
        ), letter AS (
            SELECT count(*) AS count
            FROM dead_letter
            WHERE projection = ANY (:projections) AND position <= :position
        )
        SELECT
            CASE WHEN first AND count = 0 THEN '' ELSE text || '.' || count END AS text,
            count = 0 AS settled
        FROM edition
        CROSS JOIN letter
        """;

    private final JdbcClient database;

    /** A value that was read, and its epoch at the start of the read. */
    public record Told<T>(T what, HistoryEpoch rowsEpoch) {}

    HistoryEpochs(DataSource dataSource) {
        this.database = JdbcClient.create(dataSource);
    }

    /**
     * Runs a read and returns its result with the epoch. If the epoch changes during the read, later reads get another
     * one.
     *
     * @param position position up to which events matter
     */
    public <T> Told<T> tell(Collection<String> projections, long position, Supplier<T> read) {
        var before = at(projections, position);
        var what = read.get();
        var after = at(projections, position);
        return new Told<>(what, new HistoryEpoch(before.text(), before.settled() && before.equals(after)));
    }

    /** The current epoch. */
    public HistoryEpoch at(Collection<String> projections, long position) {
        return database.sql(SELECT)
                .param("projections", projections.toArray(String[]::new))
                .param("position", position)
                .query((row, _) -> new HistoryEpoch(row.getString(1), row.getBoolean(2)))
                .single();
    }
}
