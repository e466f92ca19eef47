package dev.recount.command.issue.http;

import dev.recount.command.issue.PastEvent;
import dev.recount.events.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that speaks against an undo.
 *
 * @param type the stored name of the event
 * @param version null where it leaves that alone
 * @param actor null where nobody was named
 */
public record PastEventBody(
        long sequence,
        String type,
        @Nullable Long version,
        Instant timestamp,
        @Nullable Long actor) {

    private static final int MOST = 20;

    /** The newest of them, oldest first. */
    public static List<PastEventBody> of(List<PastEvent> events) {
        return events.subList(Math.max(0, events.size() - MOST), events.size()).stream()
                .map(event -> new PastEventBody(
                        event.sequence(),
                        EventType.ofClass(event.event().getClass())
                                .orElseThrow()
                                .storedName(),
                        event.event().leadsTo(),
                        event.at(),
                        event.actor()))
                .toList();
    }
}
