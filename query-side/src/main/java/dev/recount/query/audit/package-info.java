/** Evidence that the log is what it was: signed checkpoints, tiles and proofs of its Merkle tree, for whoever asks. */
@NullMarked
package dev.recount.query.audit;

import org.jspecify.annotations.NullMarked;
