/** Reading of CSV files of any size and shape in memory that depends on neither. */
@NullMarked
package dev.recount.command.csv;

import org.jspecify.annotations.NullMarked;
