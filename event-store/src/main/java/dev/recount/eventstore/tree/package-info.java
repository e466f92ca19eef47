/**
 * The Merkle tree over the log: leaves, hashes and proofs. Values only, no database. Begin with {@code CompactRange},
 * which an append extends.
 */
@NullMarked
package dev.recount.eventstore.tree;

import org.jspecify.annotations.NullMarked;
