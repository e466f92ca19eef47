/**
 * The position of each projection: in the database, where it is written in the transaction that writes the rows, and in
 * memory, where reads wait for it. A checkpoint decides which events are applied. Begin with {@link
 * dev.recount.query.checkpoint.Checkpoints}.
 */
@NullMarked
package dev.recount.query.checkpoint;

import org.jspecify.annotations.NullMarked;
