/** The side of Recount that changes things. */
@NullMarked
package dev.recount.command;

import org.jspecify.annotations.NullMarked;
