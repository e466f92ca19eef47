@NullMarked
package dev.recount.standalone.architecture.offender.framed.command.issue;

import org.jspecify.annotations.NullMarked;
