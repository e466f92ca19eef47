package dev.recount.standalone.architecture.offender.sided.query;

public record Target() {}
