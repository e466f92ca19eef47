/** The query side: read models counted from the log, and the endpoints that read them. */
@NullMarked
package dev.recount.query;

import org.jspecify.annotations.NullMarked;
