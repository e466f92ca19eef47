/** The users. */
@NullMarked
package dev.recount.query.users;

import org.jspecify.annotations.NullMarked;
