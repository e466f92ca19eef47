package dev.recount.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a list's answer, as the contract has it.
 *
 * @param count of all rows on all pages
 * @param next address of the next page, null on the last one
 * @param previous address of the page before, null on the first one
 */
public record Page<T>(
        long count, @Nullable String next, @Nullable String previous, List<T> results) {}
