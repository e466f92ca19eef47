package dev.recount.command.undo;

import java.util.UUID;

/**
 * Asks that the issues of a bulk change get their former statuses back, together or not at all.
 *
 * @param merge whether an issue whose status was changed again later stays unchanged; if not, it is a reason to refuse
 */
public record UndoBulkChange(UUID bulkId, boolean merge) {}
