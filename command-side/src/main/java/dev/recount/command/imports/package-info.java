/**
 * Imports issues from CSV files. Each row is validated like a single creation. Valid rows are appended in batches,
 * bypassing the aggregate. Begin with {@code ImportIssuesEndpoint}, then {@code ImportRun}.
 */
@NullMarked
package dev.recount.command.imports;

import org.jspecify.annotations.NullMarked;
