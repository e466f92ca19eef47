@NullMarked
package dev.recount.standalone.architecture.offender.shelled.command.issue.axon;

import org.jspecify.annotations.NullMarked;
