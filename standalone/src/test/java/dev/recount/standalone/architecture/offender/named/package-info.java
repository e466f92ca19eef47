@NullMarked
package dev.recount.standalone.architecture.offender.named;

import org.jspecify.annotations.NullMarked;
