package dev.recount.verifier;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong.
 *
 * @param at one of these positions is concerned; nothing where no position can be told
 */
public record Finding(Fault fault, @Nullable Stretch at, String message) {}
