@NullMarked
package dev.recount.standalone.architecture.offender.shelled.command.issue;

import org.jspecify.annotations.NullMarked;
