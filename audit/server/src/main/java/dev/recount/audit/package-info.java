/** Evidence that the log is unchanged: signed checkpoints, tiles and proofs of its Merkle tree. */
@NullMarked
package dev.recount.audit;

import org.jspecify.annotations.NullMarked;
