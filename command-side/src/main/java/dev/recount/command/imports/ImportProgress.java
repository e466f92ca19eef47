package dev.recount.command.imports;

import java.util.OptionalLong;
import java.util.UUID;

/**
 * The progress of an import.
 *
 * @param rows how many rows were read
 * @param created how many of them are now issues
 * @param failed how many of them were refused
 * @param settled the last row such that it and all rows before it are issues or were refused
 * @param sent the last row that was sent to the log; the outcome of the rows after {@code settled} is unknown
 * @param position of the last event in the log; empty if there is none
 */
record ImportProgress(
        UUID importId, long rows, long created, long failed, long settled, long sent, OptionalLong position) {}
