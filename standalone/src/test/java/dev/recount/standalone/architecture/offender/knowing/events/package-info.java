@NullMarked
package dev.recount.standalone.architecture.offender.knowing.events;

import org.jspecify.annotations.NullMarked;
