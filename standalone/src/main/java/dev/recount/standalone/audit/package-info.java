/** The log as a file, and back. */
@NullMarked
package dev.recount.standalone.audit;

import org.jspecify.annotations.NullMarked;
