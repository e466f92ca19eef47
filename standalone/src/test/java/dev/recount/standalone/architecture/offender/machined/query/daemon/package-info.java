@NullMarked
package dev.recount.standalone.architecture.offender.machined.query.daemon;

import org.jspecify.annotations.NullMarked;
