@NullMarked
package dev.recount.standalone.architecture.offender.open.command.issue;

import org.jspecify.annotations.NullMarked;
