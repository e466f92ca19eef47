package dev.recount.command.bus;

import java.util.OptionalLong;

/** The outcome of a command and the log position of its last event, which is empty if it wrote none. */
public record CommandResult<R>(R outcome, OptionalLong position) {}
