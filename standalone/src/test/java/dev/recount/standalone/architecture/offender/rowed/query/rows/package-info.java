@NullMarked
package dev.recount.standalone.architecture.offender.rowed.query.rows;

import org.jspecify.annotations.NullMarked;
