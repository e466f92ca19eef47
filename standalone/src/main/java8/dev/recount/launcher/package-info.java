/** What the JVM runs first, compiled for a Java old enough that every one can say what is missing. */
@NullMarked
package dev.recount.launcher;

import org.jspecify.annotations.NullMarked;
