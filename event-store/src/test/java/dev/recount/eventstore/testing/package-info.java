/** One real PostgreSQL for the tests of a JVM, and a database of its own for each test that asks. */
@NullMarked
package dev.recount.eventstore.testing;

import org.jspecify.annotations.NullMarked;
