package dev.recount.web;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list requested by {@code after} (default: from the first row on) and {@code page_size} (default 10,
 * capped at 50). It is for lists whose rows disappear during reading, so that numbered pages would skip rows.
 *
 * @param after the number of the row after which the part begins, in the order of the list, 0 for the first part
 * @param size number of rows of a full part
 */
public record Cursor(long after, int size, QueryParameters query) {

    public static final String AFTER = "after";

    /** Reads the cursor. Read the other parameters first: this ends the request with 400 if any parameter is bad. */
    public static Cursor of(QueryParameters query) {
        var after = query.optionalId(AFTER);
        var size = Paging.sizeIn(query);
        query.throwIfInvalid();
        return new Cursor(after.orElse(0), size, query);
    }

    /** The number of rows to query: one more than shown, to detect whether more follow. */
    public int limit() {
        return size + 1;
    }

    /**
     * The body of the response.
     *
     * @param count of all rows
     * @param found at most {@link #limit()} rows after {@link #after}
     * @param number the number of a row in the order of the list
     */
    public <T> Part<T> part(long count, List<T> found, ToLongFunction<T> number) {
        List<T> results = found.subList(0, Math.min(size, found.size()));
        @Nullable
        String next =
                found.size() > size ? query.with(AFTER, Long.toString(number.applyAsLong(results.getLast()))) : null;
        return new Part<>(count, next, results);
    }

    /**
     * A part of a list.
     *
     * @param count of all rows
     * @param next address of the next part, null for the last one
     */
    public record Part<T>(long count, @Nullable String next, List<T> results) {}
}
