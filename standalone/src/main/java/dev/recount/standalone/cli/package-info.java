/** Terminal commands that inspect, verify and rebuild projections, whether or not a server runs. */
@NullMarked
package dev.recount.standalone.cli;

import org.jspecify.annotations.NullMarked;
