/** The issues as they are now: the list with its counts, and each issue with its comments and labels. */
@NullMarked
package dev.recount.query.issues;

import org.jspecify.annotations.NullMarked;
