/** What the write endpoints share. */
@NullMarked
package dev.recount.command.web;

import org.jspecify.annotations.NullMarked;
