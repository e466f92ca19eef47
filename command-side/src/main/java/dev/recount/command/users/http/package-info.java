/** {@code POST /users}. */
@NullMarked
package dev.recount.command.users.http;

import org.jspecify.annotations.NullMarked;
