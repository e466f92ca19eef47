/** What was changed in one go, by imports and bulk changes, so that it can be looked at and undone in one go. */
@NullMarked
package dev.recount.query.changesets;

import org.jspecify.annotations.NullMarked;
