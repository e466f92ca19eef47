/** The definition of white space and blank text for the texts of events, shared by all interfaces. */
@NullMarked
package dev.recount.events.text;

import org.jspecify.annotations.NullMarked;
