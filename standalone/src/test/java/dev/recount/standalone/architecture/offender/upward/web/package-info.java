@NullMarked
package dev.recount.standalone.architecture.offender.upward.web;

import org.jspecify.annotations.NullMarked;
