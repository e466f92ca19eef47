/** Runs the decisions on users on Axon's command bus, and registers the first user. */
@NullMarked
package dev.recount.command.users.axon;

import org.jspecify.annotations.NullMarked;
