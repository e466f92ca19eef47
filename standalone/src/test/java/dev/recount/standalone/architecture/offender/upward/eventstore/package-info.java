@NullMarked
package dev.recount.standalone.architecture.offender.upward.eventstore;

import org.jspecify.annotations.NullMarked;
