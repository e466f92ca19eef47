@NullMarked
package dev.recount.standalone.architecture.offender.verifying.eventstore;

import org.jspecify.annotations.NullMarked;
