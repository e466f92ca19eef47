@NullMarked
package dev.recount.standalone.architecture.offender.sided.query;

import org.jspecify.annotations.NullMarked;
