/**
 * Recomputes from docs/audit.md alone what a log of Recount claims about itself, and says where it first fails to hold.
 *
 * <p>No code is shared with what writes the log: a mistake made there must not be made here again.
 */
@NullMarked
package dev.recount.verifier;

import org.jspecify.annotations.NullMarked;
