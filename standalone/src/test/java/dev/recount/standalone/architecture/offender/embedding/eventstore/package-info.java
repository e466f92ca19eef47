@NullMarked
package dev.recount.standalone.architecture.offender.embedding.eventstore;

import org.jspecify.annotations.NullMarked;
