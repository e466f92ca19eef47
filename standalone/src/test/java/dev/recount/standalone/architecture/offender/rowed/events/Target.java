package dev.recount.standalone.architecture.offender.rowed.events;

public record Target() {}
