@NullMarked
package dev.recount.standalone.architecture.offender.rowed.eventstore;

import org.jspecify.annotations.NullMarked;
