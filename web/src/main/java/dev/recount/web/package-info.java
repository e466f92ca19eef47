/** What every HTTP endpoint of Recount shares: problem documents, strict reading of bodies and queries, limits, request ids, the acting user. */
@NullMarked
package dev.recount.web;

import org.jspecify.annotations.NullMarked;
