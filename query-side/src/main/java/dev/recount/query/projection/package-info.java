/** The machinery under every read model: batches, positions, and the fence that lets a read see earlier writes. */
@NullMarked
package dev.recount.query.projection;

import org.jspecify.annotations.NullMarked;
