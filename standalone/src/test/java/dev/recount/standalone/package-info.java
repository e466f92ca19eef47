@NullMarked
package dev.recount.standalone;

import org.jspecify.annotations.NullMarked;
