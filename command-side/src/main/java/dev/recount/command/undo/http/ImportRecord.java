package dev.recount.command.undo.http;

import dev.recount.events.EventMetadata;
import dev.recount.events.ImportEvent.ImportAdvanced;
import dev.recount.events.ImportEvent.ImportUndone;
import dev.recount.events.ImportedIssue;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/** An import as recorded in its stream. */
record ImportRecord(List<DomainEventMessage<?>> events) {

    boolean exists() {
        return !events.isEmpty();
    }

    /** The event that records the undo, null if the import is not undone. */
    @Nullable
    DomainEventMessage<?> undone() {
        return events.getLast().getPayload() instanceof ImportUndone ? events.getLast() : null;
    }

    /** In the order of the rows. */
    List<Long> issues() {
        return events.stream()
                .flatMap(event -> event.getPayload() instanceof ImportAdvanced advanced
                        ? advanced.issues().stream()
                        : Stream.empty())
                .map(ImportedIssue::issueId)
                .toList();
    }

    /** The importing user, null if the request named none. */
    @Nullable
    Long importer() {
        return actorOf(events.getFirst());
    }

    static @Nullable Long actorOf(DomainEventMessage<?> event) {
        Object actor = event.getMetaData().get(EventMetadata.ACTOR);
        return actor == null ? null : Long.valueOf(actor.toString());
    }
}
