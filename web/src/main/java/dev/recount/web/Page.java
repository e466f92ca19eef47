package dev.recount.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of a list response, as defined by the contract.
 *
 * @param count number of rows on all pages
 * @param next address of the next page, null on the last one
 * @param previous address of the previous page, null on the first one
 */
public record Page<T>(
        long count, @Nullable String next, @Nullable String previous, List<T> results) {}
