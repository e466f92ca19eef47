package dev.recount.web;

import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The part of a list that a request asks for by {@code after} (default: from the first row on) and {@code page_size}
 * (default 10, capped at 50); for lists whose rows go while somebody reads them, so that numbered pages would skip some.
 *
 * @param after the number in the order of the list behind which the part begins, 0 for the first
 * @param size rows of a full part
 */
public record Cursor(long after, int size, QueryParameters query) {

    public static final String AFTER = "after";

    /** Read the other parameters first: this ends the request with 400 if any of them, or one of its own, is bad. */
    public static Cursor of(QueryParameters query) {
        var after = query.optionalId(AFTER);
        var size = Paging.sizeIn(query);
        query.throwIfInvalid();
        return new Cursor(after.orElse(0), size, query);
    }

    /** How many rows to look for: one more than are shown tells whether there are more. */
    public int limit() {
        return size + 1;
    }

    /**
     * The body of the answer.
     *
     * @param count of all rows
     * @param found at most {@link #limit()} rows behind {@link #after}
     * @param number of a row in the order of the list
     */
    public <T> Part<T> part(long count, List<T> found, ToLongFunction<T> number) {
        List<T> results = found.subList(0, Math.min(size, found.size()));
        @Nullable
        String next =
                found.size() > size ? query.with(AFTER, Long.toString(number.applyAsLong(results.getLast()))) : null;
        return new Part<>(count, next, results);
    }

    /**
     * Some rows of a list.
     *
     * @param count of all rows
     * @param next address of what follows, null where nothing does
     */
    public record Part<T>(long count, @Nullable String next, List<T> results) {}
}
