@NullMarked
package dev.recount.standalone.architecture.offender.embedding.postgres;

import org.jspecify.annotations.NullMarked;
