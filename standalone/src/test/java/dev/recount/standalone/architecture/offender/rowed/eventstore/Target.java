package dev.recount.standalone.architecture.offender.rowed.eventstore;

public record Target() {}
