package dev.recount.web;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The page of a list requested by {@code page} (default 1) and {@code page_size} (default 10, capped at 50).
 *
 * @param number from 1
 * @param size rows on a full page
 */
public record Paging(long number, int size, QueryParameters query) {

    public static final String PAGE = "page";
    public static final String PAGE_SIZE = "page_size";

    private static final int DEFAULT_SIZE = 10;
    private static final int MAX_SIZE = 50;
    /** Far past every last page, and small enough to multiply by the size. */
    private static final long MAX_NUMBER = 1_000_000_000_000L;

    /**
     * Reads the page. Read the other parameters first: this ends the request with 400 if any of them or {@code
     * page_size} is bad. Otherwise it ends it with 404 {@code unknown-page} if {@code page} is not a positive integer.
     */
    public static Paging of(QueryParameters query) {
        int size = sizeIn(query);
        Optional<String> page = query.optionalText(PAGE);
        query.throwIfInvalid();
        return new Paging(page.map(Paging::number).orElse(1L), size, query);
    }

    /** The number of rows before this page. */
    public long offset() {
        return (number - 1) * size;
    }

    /**
     * Ends the request with 404 {@code unknown-page} if the page is past the last one. An empty first page is valid.
     */
    public void requireWithin(long count) {
        if (number > 1 && offset() >= count) {
            throw unknownPage();
        }
    }

    /**
     * The body of the response.
     *
     * @param count number of rows on all pages
     */
    public <T> Page<T> page(long count, List<T> results) {
        requireWithin(count);
        @Nullable String next = offset() + size < count ? address(number + 1) : null;
        @Nullable String previous = number > 1 ? address(number - 1) : null;
        return new Page<>(count, next, previous, results);
    }

    private String address(long page) {
        return query.with(PAGE, Long.toString(page));
    }

    private static long number(String text) {
        if (!isPositive(text)) {
            throw unknownPage();
        }
        String digits = withoutLeadingZeros(text);
        return digits.length() > 12 ? MAX_NUMBER : Long.parseLong(digits);
    }

    private static int size(String text, QueryParameters query) {
        if (!isPositive(text)) {
            query.reject(PAGE_SIZE, "must be a positive integer");
            return DEFAULT_SIZE;
        }
        String digits = withoutLeadingZeros(text);
        return digits.length() > 2 ? MAX_SIZE : Math.min(MAX_SIZE, Integer.parseInt(digits));
    }

    private static boolean isPositive(String text) {
        return text.chars().allMatch(c -> c >= '0' && c <= '9')
                && !withoutLeadingZeros(text).isEmpty();
    }

    /** The number of rows on a full page of any list. A bad {@code page_size} adds an error. */
    static int sizeIn(QueryParameters query) {
        return query.optionalText(PAGE_SIZE).map(text -> size(text, query)).orElse(DEFAULT_SIZE);
    }

    private static String withoutLeadingZeros(String text) {
        int start = 0;
        while (start < text.length() && text.charAt(start) == '0') {
            start++;
        }
        return text.substring(start);
    }

    private static ProblemException unknownPage() {
        return ProblemType.UNKNOWN_PAGE.problem("The list has no such page.").exception();
    }
}
