/**
 * Recomputes a log's claims about itself from docs/audit.md alone, and reports where they first fail.
 *
 * <p>It shares no code with the writer of the log, so that it does not repeat the writer's mistakes.
 */
@NullMarked
package dev.recount.verifier;

import org.jspecify.annotations.NullMarked;
