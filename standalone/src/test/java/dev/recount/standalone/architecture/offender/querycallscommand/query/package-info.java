@NullMarked
package dev.recount.standalone.architecture.offender.querycallscommand.query;

import org.jspecify.annotations.NullMarked;
