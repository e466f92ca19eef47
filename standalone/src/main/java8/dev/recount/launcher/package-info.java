/** The JVM's entry point, compiled for a Java so old that every JVM can report what is missing. */
@NullMarked
package dev.recount.launcher;

import org.jspecify.annotations.NullMarked;
