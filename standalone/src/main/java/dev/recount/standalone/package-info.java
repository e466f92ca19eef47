/** The whole of Recount in one process: both sides, and a PostgreSQL of its own unless one is named. */
@NullMarked
package dev.recount.standalone;

import org.jspecify.annotations.NullMarked;
