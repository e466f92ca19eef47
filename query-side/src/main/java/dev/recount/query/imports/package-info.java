/** Imports with the issues that they created. Begin with {@code ReadImportEndpoint}. */
@NullMarked
package dev.recount.query.imports;

import org.jspecify.annotations.NullMarked;
