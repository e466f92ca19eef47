@NullMarked
package dev.recount.standalone.architecture.offender.querycallscommand.command;

import org.jspecify.annotations.NullMarked;
