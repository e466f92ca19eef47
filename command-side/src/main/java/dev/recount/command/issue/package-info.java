/** What may happen to an issue and what has: commands, decisions and states, free of frameworks, clocks and chance. */
@NullMarked
package dev.recount.command.issue;

import org.jspecify.annotations.NullMarked;
