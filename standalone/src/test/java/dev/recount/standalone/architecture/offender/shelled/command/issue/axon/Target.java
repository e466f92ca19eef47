package dev.recount.standalone.architecture.offender.shelled.command.issue.axon;

public record Target() {}
