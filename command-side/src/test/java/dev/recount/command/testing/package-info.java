/** What the tests of the command side share. */
@NullMarked
package dev.recount.command.testing;

import org.jspecify.annotations.NullMarked;
