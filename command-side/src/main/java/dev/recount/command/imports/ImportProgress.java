package dev.recount.command.imports;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * How far an import has come.
 *
 * @param rows how many were read
 * @param created how many of them are issues now
 * @param failed how many of them were refused
 * @param settled the last row that, like all before it, is an issue now or was refused
 * @param sent the last row of those that were sent to the log; what became of those after {@code settled} is not known
 * @param position of the last event in the log; empty where there is none
 */
record ImportProgress(
        UUID importId, long rows, long created, long failed, long settled, long sent, OptionalLong position) {}
