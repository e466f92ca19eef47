package dev.recount.standalone.architecture.offender.verifying.eventstore;

public record Target() {}
