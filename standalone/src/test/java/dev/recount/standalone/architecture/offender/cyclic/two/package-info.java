@NullMarked
package dev.recount.standalone.architecture.offender.cyclic.two;

import org.jspecify.annotations.NullMarked;
