/** Users and their registration. Pure. Begin with {@link dev.recount.command.users.UserDecider}. */
@NullMarked
package dev.recount.command.users;

import org.jspecify.annotations.NullMarked;
