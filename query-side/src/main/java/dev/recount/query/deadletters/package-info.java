/**
 * Events that a projection refused. Each parks its own stream only, until an operator retries or discards it. Begin
 * with {@link dev.recount.query.deadletters.DeadLetters}.
 */
@NullMarked
package dev.recount.query.deadletters;

import org.jspecify.annotations.NullMarked;
