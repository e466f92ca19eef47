/**
 * What all reads over HTTP share. They wait at the barrier, reuse cached responses until an event can change them, and
 * reserve memory for large ones. Begin with {@link dev.recount.query.responses.ReadsProjection}, which an endpoint
 * carries.
 */
@NullMarked
package dev.recount.query.responses;

import org.jspecify.annotations.NullMarked;
