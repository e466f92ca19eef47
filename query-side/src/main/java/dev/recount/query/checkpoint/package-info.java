/**
 * The position of each projection, in the database and in memory. The database row is written in the same transaction
 * as the projection's rows; in memory, reads wait for it. A checkpoint decides which events are applied. Begin with
 * {@link dev.recount.query.checkpoint.Checkpoints}.
 */
@NullMarked
package dev.recount.query.checkpoint;

import org.jspecify.annotations.NullMarked;
