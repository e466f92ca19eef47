/**
 * The Merkle tree over the log: leaves, hashes and proofs, without database access. Begin with {@code CompactRange},
 * which an append extends.
 */
@NullMarked
package dev.recount.eventstore.tree;

import org.jspecify.annotations.NullMarked;
