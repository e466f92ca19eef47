package dev.recount.command.imports;

import java.util.UUID;

/** Asks that an import which has not come to its end never go on. */
public record StopImport(UUID importId) {}
