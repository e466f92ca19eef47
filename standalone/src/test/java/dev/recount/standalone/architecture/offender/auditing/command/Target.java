package dev.recount.standalone.architecture.offender.auditing.command;

public record Target() {}
