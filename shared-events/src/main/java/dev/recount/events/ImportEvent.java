package dev.recount.events;

import java.util.List;
import java.util.UUID;

/**
 * Everything that can happen to an import; the stream is {@code import-<id>}.
 *
 * <p>Every append of an import ends in an event of this stream, so that who writes to it in between stops the import.
 */
public sealed interface ImportEvent extends RecountEvent {

    UUID importId();

    /**
     * Some rows have become issues, in this very append.
     *
     * @param rows how many rows have been read from the beginning of the file on
     * @param failed how many of those were refused
     * @param issues what has become issues since the event before
     */
    record ImportAdvanced(UUID importId, long rows, long failed, List<ImportedIssue> issues) implements ImportEvent {}

    /** The file came to its end; the numbers are those of the whole. */
    record ImportCompleted(UUID importId, long rows, long created, long failed) implements ImportEvent {}

    /** It will not go on, and its file was not read to its end; what it created stays. */
    record ImportInterrupted(UUID importId) implements ImportEvent {}

    /**
     * All its issues have been withdrawn but some.
     *
     * @param kept those that stay, because of what others did with them
     */
    record ImportUndone(UUID importId, long withdrawn, List<Long> kept) implements ImportEvent {}
}
