package dev.recount.command.bus;

import java.util.OptionalLong;

/** What a command came to, and the position of its last event in the log: empty when it wrote none. */
public record CommandResult<R>(R outcome, OptionalLong position) {}
