/** The endpoints that change issues. */
@NullMarked
package dev.recount.command.issue.web;

import org.jspecify.annotations.NullMarked;
