@NullMarked
package dev.recount.standalone.architecture.offender.clocked.command.issue;

import org.jspecify.annotations.NullMarked;
