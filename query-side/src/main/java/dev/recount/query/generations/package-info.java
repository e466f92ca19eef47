/**
 * Copies of a projection's tables in a schema of their own, and their comparison row by row. Begin with {@link
 * dev.recount.query.generations.TableGeneration}.
 */
@NullMarked
package dev.recount.query.generations;

import org.jspecify.annotations.NullMarked;
