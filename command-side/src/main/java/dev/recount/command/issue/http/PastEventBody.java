package dev.recount.command.issue.http;

import dev.recount.command.issue.PastEvent;
import dev.recount.events.EventType;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event that conflicts with an undo.
 *
 * @param type the stored name of the event
 * @param version null if the event does not change it
 * @param actor null if the request named none
 */
public record PastEventBody(
        long sequence,
        String type,
        @Nullable Long version,
        Instant timestamp,
        @Nullable Long actor) {

    private static final int MOST = 20;

    /** The newest of the events, oldest first. */
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
