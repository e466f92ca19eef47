/** An embedded PostgreSQL: unpacked, initialised, started and stopped with the process that uses it. */
@NullMarked
package dev.recount.postgres;

import org.jspecify.annotations.NullMarked;
