package dev.recount.events;

import java.util.List;
import java.util.UUID;

/**
 * The events of an import. The stream is {@code import-<id>}.
 *
 * <p>Every append of an import ends with an event of this stream. So a write to the stream in between stops the import.
 */
public sealed interface ImportEvent extends RecountEvent {

    UUID importId();

    /**
     * Some rows became issues, in the same append.
     *
     * @param rows number of rows read since the beginning of the file
     * @param failed number of those rows that were refused
     * @param issues the issues created since the previous event
     */
    record ImportAdvanced(UUID importId, long rows, long failed, List<ImportedIssue> issues) implements ImportEvent {}

    /** The whole file was read. The numbers are totals. */
    record ImportCompleted(UUID importId, long rows, long created, long failed) implements ImportEvent {}

    /** The import stopped before the end of its file and will not continue. The issues it created stay. */
    record ImportInterrupted(UUID importId) implements ImportEvent {}

    /**
     * The import's issues were withdrawn, except some.
     *
     * @param kept the issues that stay, because others changed them
     */
    record ImportUndone(UUID importId, long withdrawn, List<Long> kept) implements ImportEvent {}
}
