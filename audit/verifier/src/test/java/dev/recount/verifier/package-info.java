@NullMarked
package dev.recount.verifier;

import org.jspecify.annotations.NullMarked;
