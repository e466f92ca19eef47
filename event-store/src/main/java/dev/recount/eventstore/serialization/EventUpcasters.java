package dev.recount.eventstore.serialization;

import dev.recount.events.EventType;
import dev.recount.events.IssuePriority;
import java.util.List;
import java.util.stream.Stream;
import org.axonframework.serialization.upcasting.event.EventUpcasterChain;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every change of a stored event's shape, in order. A new revision of an {@link EventType} adds a line here and a frozen
 * file {@code <name>.<revision>.upcast.json} for each older revision.
 */
public final class EventUpcasters {

    private static final String PRIORITY = "priority";

    private EventUpcasters() {}

    private static List<SingleEventUpcaster> all() {
        return List.of(
                new PayloadUpcaster(EventType.ISSUE_CREATED, 2, created -> created.putArray("labels")),
                new PayloadUpcaster(
                        EventType.ISSUE_CREATED, 3, created -> created.put(PRIORITY, IssuePriority.NONE.wireName())),
                new PayloadUpcaster(EventType.BULK_CHANGE_APPLIED, 2, EventUpcasters::withoutPriorities));
    }

    /** @param further upcasters of an application's own */
    public static EventUpcasterChain chainWith(List<SingleEventUpcaster> further) {
        return new EventUpcasterChain(
                Stream.concat(all().stream(), further.stream()).toList());
    }

    private static void withoutPriorities(ObjectNode bulkChange) {
        bulkChange.path("issues").forEach(issue -> ((ObjectNode) issue).putNull(PRIORITY));
    }
}
