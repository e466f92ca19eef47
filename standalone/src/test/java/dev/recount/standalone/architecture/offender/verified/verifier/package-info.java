@NullMarked
package dev.recount.standalone.architecture.offender.verified.verifier;

import org.jspecify.annotations.NullMarked;
