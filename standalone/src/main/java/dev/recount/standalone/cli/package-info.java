/** What is done from a terminal: commands that look at projections and recount them, whether or not a server runs. */
@NullMarked
package dev.recount.standalone.cli;

import org.jspecify.annotations.NullMarked;
