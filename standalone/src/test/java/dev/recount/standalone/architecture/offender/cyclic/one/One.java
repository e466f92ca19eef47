package dev.recount.standalone.architecture.offender.cyclic.one;

import dev.recount.standalone.architecture.offender.cyclic.two.Two;

public record One(Two two) {}
