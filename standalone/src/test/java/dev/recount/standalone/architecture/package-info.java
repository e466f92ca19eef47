@NullMarked
package dev.recount.standalone.architecture;

import org.jspecify.annotations.NullMarked;
