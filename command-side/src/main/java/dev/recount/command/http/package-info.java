/** What the write endpoints share. */
@NullMarked
package dev.recount.command.http;

import org.jspecify.annotations.NullMarked;
