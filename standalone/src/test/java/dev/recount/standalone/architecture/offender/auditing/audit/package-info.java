@NullMarked
package dev.recount.standalone.architecture.offender.auditing.audit;

import org.jspecify.annotations.NullMarked;
