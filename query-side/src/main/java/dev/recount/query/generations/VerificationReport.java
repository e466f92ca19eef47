package dev.recount.query.generations;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The result of comparing tables with what the log implies, in one snapshot. */
public record VerificationReport(List<Table> tables) {

    /** Whether no row differs. */
    @JsonIgnore
    public boolean isClean() {
        return tables.stream().allMatch(table -> table.missing() + table.extra() + table.changed() == 0);
    }

    /**
     * The result for one table.
     *
     * @param position position in the log of both sides
     * @param rows number of rows compared
     * @param missing number of rows that the log implies but the table lacks
     * @param extra number of rows that only the table has
     * @param changed number of rows that are in both but differ
     * @param differences the first differences, in the order of the primary key
     */
    public record Table(
            String projection,
            String table,
            long position,
            long rows,
            long missing,
            long extra,
            long changed,
            List<Difference> differences) {}

    /**
     * A row that differs; long texts in it are truncated.
     *
     * @param found null if the row is missing
     * @param expected null if there should be no row
     * @param events the events behind the row; only the newest if there are too many to list
     */
    public record Difference(
            Map<String, JsonNode> key,
            @Nullable JsonNode found,
            @Nullable JsonNode expected,
            Events events) {

        /** A stored null is read back as a JSON null node. */
        public Difference {
            found = found == null || found.isNull() ? null : found;
            expected = expected == null || expected.isNull() ? null : expected;
        }
    }

    /**
     * The events that lead to a row.
     *
     * @param origin description, such as {@code stream issue-7}
     * @param positions positions in the log, ascending
     * @param count total number, listed or not
     */
    public record Events(String origin, List<Long> positions, long count) {}
}
