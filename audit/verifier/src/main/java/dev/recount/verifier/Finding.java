package dev.recount.verifier;

import org.jspecify.annotations.Nullable;

/**
 * One fault of a log.
 *
 * @param at the fault is at one of these positions; null if it has no position
 */
public record Finding(Fault fault, @Nullable Stretch at, String message) {}
