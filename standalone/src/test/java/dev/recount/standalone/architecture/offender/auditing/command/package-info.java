@NullMarked
package dev.recount.standalone.architecture.offender.auditing.command;

import org.jspecify.annotations.NullMarked;
