/** What every read over HTTP has in common: it waits for the writes before it, unless its client wants less. */
@NullMarked
package dev.recount.query.http;

import org.jspecify.annotations.NullMarked;
