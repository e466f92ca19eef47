/**
 * Scans the whole log by COPY, for rebuilds, verification and migrations. Begin with {@link
 * dev.recount.eventstore.scan.LogScan}.
 */
@NullMarked
package dev.recount.eventstore.scan;

import org.jspecify.annotations.NullMarked;
