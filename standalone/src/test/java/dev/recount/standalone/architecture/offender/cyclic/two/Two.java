package dev.recount.standalone.architecture.offender.cyclic.two;

import dev.recount.standalone.architecture.offender.cyclic.one.One;

public record Two(One one) {}
