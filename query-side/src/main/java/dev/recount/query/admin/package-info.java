/**
 * Endpoints for operators: the state of projections, rebuilds, verifications and dead letters. Begin with {@code
 * ListProjectionsEndpoint}.
 */
@NullMarked
package dev.recount.query.admin;

import org.jspecify.annotations.NullMarked;
