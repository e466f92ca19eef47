/** The Merkle tree over the log: what its leaves are made of, its hashes and its proofs. Values only, no database. */
@NullMarked
package dev.recount.eventstore.tree;

import org.jspecify.annotations.NullMarked;
