@NullMarked
package dev.recount.standalone.architecture.offender.cyclic.one;

import org.jspecify.annotations.NullMarked;
