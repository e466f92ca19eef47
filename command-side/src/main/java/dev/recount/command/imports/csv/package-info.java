/** Reads CSV of any size and shape in bounded memory. Begin with {@link dev.recount.command.imports.csv.CsvReader}. */
@NullMarked
package dev.recount.command.imports.csv;

import org.jspecify.annotations.NullMarked;
