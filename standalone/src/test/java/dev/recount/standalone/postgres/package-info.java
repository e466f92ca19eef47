@NullMarked
package dev.recount.standalone.postgres;

import org.jspecify.annotations.NullMarked;
