/**
 * The issue list with its counts, and each issue with its comments, labels and past states. Begin with {@code
 * IssueListProjection} and {@code ListIssuesEndpoint}.
 */
@NullMarked
package dev.recount.query.issues;

import org.jspecify.annotations.NullMarked;
