package dev.recount.command.imports;

import java.util.UUID;

/** Asks that an unfinished import never continue. */
public record StopImport(UUID importId) {}
