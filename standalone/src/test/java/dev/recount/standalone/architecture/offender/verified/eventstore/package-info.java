@NullMarked
package dev.recount.standalone.architecture.offender.verified.eventstore;

import org.jspecify.annotations.NullMarked;
