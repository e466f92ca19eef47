/** What counts as white and what can be seen in the texts of events, in one place for every way in. */
@NullMarked
package dev.recount.events.text;

import org.jspecify.annotations.NullMarked;
