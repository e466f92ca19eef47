package dev.recount.standalone.architecture.offender.machined.query.daemon;

public record Target() {}
