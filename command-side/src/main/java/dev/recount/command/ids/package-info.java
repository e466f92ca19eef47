/** New ids, taken from sequences of the database in blocks. Begin with {@link dev.recount.command.ids.IdSequence}. */
@NullMarked
package dev.recount.command.ids;

import org.jspecify.annotations.NullMarked;
