/**
 * Stores events as rows: stored names and revisions, canonical JSON, and upcasters from older revisions. Begin with
 * {@code RecountSerializer}.
 */
@NullMarked
package dev.recount.eventstore.serialization;

import org.jspecify.annotations.NullMarked;
