/** Who is registered and how one becomes so, free of frameworks, clocks and chance. */
@NullMarked
package dev.recount.command.user;

import org.jspecify.annotations.NullMarked;
