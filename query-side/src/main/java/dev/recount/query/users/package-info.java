/** The users. This is the smallest read model: begin here to see how one is made. */
@NullMarked
package dev.recount.query.users;

import org.jspecify.annotations.NullMarked;
