/** The endpoints that change users. */
@NullMarked
package dev.recount.command.user.web;

import org.jspecify.annotations.NullMarked;
