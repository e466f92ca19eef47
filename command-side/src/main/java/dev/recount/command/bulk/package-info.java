/** Changes of many issues together or not at all: the commands and their outcome. Pure. */
@NullMarked
package dev.recount.command.bulk;

import org.jspecify.annotations.NullMarked;
