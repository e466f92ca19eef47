@NullMarked
package dev.recount.standalone.architecture.offender.commandreadsquery.query;

import org.jspecify.annotations.NullMarked;
