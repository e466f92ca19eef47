@NullMarked
package dev.recount.standalone.architecture.offender.rowed.events;

import org.jspecify.annotations.NullMarked;
