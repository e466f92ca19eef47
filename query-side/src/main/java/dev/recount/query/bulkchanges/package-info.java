/**
 * Bulk changes with the issues that they changed, and the projection that writes them together with imports. Begin with
 * {@code ChangeSetProjection}.
 */
@NullMarked
package dev.recount.query.bulkchanges;

import org.jspecify.annotations.NullMarked;
