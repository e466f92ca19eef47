package dev.recount.standalone.architecture.offender.verified.verifier;

public record Target() {}
