package dev.recount.standalone.architecture.offender.commandreadsquery.query;

public record Target() {}
