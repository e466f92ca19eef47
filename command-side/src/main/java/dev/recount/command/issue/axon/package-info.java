/** The thin shell that runs the decisions on issues through Axon. */
@NullMarked
package dev.recount.command.issue.axon;

import org.jspecify.annotations.NullMarked;
