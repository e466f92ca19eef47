@NullMarked
package dev.recount.standalone.architecture.offender.commandreadsquery.command;

import org.jspecify.annotations.NullMarked;
