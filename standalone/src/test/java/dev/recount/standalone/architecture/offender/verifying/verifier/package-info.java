@NullMarked
package dev.recount.standalone.architecture.offender.verifying.verifier;

import org.jspecify.annotations.NullMarked;
