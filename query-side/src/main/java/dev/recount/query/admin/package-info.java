/** What operators do with projections over HTTP: look at them, and at the events that they could not apply. */
@NullMarked
package dev.recount.query.admin;

import org.jspecify.annotations.NullMarked;
