@NullMarked
package dev.recount.standalone.architecture.offender.handling.query;

import org.jspecify.annotations.NullMarked;
