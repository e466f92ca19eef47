@NullMarked
package dev.recount.standalone.architecture.offender.machined.query.users;

import org.jspecify.annotations.NullMarked;
