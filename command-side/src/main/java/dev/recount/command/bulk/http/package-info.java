/** {@code PUT /issues/bulk-status}. */
@NullMarked
package dev.recount.command.bulk.http;

import org.jspecify.annotations.NullMarked;
