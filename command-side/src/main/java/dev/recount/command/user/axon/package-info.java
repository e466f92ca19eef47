/** The thin shell that runs the decisions on users through Axon. */
@NullMarked
package dev.recount.command.user.axon;

import org.jspecify.annotations.NullMarked;
