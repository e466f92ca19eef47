/**
 * Shared parts of all HTTP endpoints: problem documents, strict parsing of bodies and queries, limits, request ids, the
 * acting user.
 */
@NullMarked
package dev.recount.web;

import org.jspecify.annotations.NullMarked;
