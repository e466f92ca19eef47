/** Where new ids come from. */
@NullMarked
package dev.recount.command.ids;

import org.jspecify.annotations.NullMarked;
