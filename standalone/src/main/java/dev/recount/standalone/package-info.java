/** All of Recount in one process: both sides, and an embedded PostgreSQL unless one is configured. */
@NullMarked
package dev.recount.standalone;

import org.jspecify.annotations.NullMarked;
