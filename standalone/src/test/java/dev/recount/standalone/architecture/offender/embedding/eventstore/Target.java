package dev.recount.standalone.architecture.offender.embedding.eventstore;

public record Target() {}
