@NullMarked
package dev.recount.postgres;

import org.jspecify.annotations.NullMarked;
