@NullMarked
package dev.recount.standalone.architecture.offender.sleeping;

import org.jspecify.annotations.NullMarked;
