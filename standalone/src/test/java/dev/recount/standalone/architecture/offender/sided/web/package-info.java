@NullMarked
package dev.recount.standalone.architecture.offender.sided.web;

import org.jspecify.annotations.NullMarked;
