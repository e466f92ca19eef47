/**
 * Imports issues from CSV files. Each row is validated as a single creation is; valid rows are appended in batches past
 * the aggregate. Begin with {@code ImportIssuesEndpoint}, then {@code ImportRun}.
 */
@NullMarked
package dev.recount.command.imports;

import org.jspecify.annotations.NullMarked;
