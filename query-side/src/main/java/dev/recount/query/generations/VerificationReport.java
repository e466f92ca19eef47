package dev.recount.query.generations;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came of comparing tables with what the log says they should be, all of it seen in one moment. */
public record VerificationReport(List<Table> tables) {

    /** Whether not a single row differs. */
    @JsonIgnore
    public boolean isClean() {
        return tables.stream().allMatch(table -> table.missing() + table.extra() + table.changed() == 0);
    }

    /**
     * One table.
     *
     * @param position in the log, that both sides stood at
     * @param rows how many rows were compared
     * @param missing how many the log leads to but the table does not have
     * @param extra how many the table has without the log
     * @param changed how many are in both but differ
     * @param differences the first of them, in the order of the primary key
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
     * A row that is not what it should be; long texts in it are cut.
     *
     * @param found null where it is missing
     * @param expected null where there should be none
     * @param events behind the row, the newest of them where there are too many to list
     */
    public record Difference(
            Map<String, JsonNode> key,
            @Nullable JsonNode found,
            @Nullable JsonNode expected,
            Events events) {

        /** What was stored as null comes back as a node that says so. */
        public Difference {
            found = found == null || found.isNull() ? null : found;
            expected = expected == null || expected.isNull() ? null : expected;
        }
    }

    /**
     * The events that lead to a row.
     *
     * @param origin in words, such as {@code stream issue-7}
     * @param positions in the log, ascending
     * @param count of all, listed or not
     */
    public record Events(String origin, List<Long> positions, long count) {}
}
