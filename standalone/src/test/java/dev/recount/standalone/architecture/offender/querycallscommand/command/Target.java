package dev.recount.standalone.architecture.offender.querycallscommand.command;

public record Target() {}
