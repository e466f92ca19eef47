package dev.recount.query.admin;

import dev.recount.query.deadletters.DeadLetters;
import dev.recount.query.deadletters.DiscardedEvent;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.Cursor;
import dev.recount.web.JsonEndpoint;
import dev.recount.web.KnownParameters;
import dev.recount.web.Paging;
import dev.recount.web.QueryParameters;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/**
 * {@code GET /projections/{name}/discarded-events}: the events discarded for the projection, with time, actor and
 * reason.
 */
@JsonEndpoint
final class ListDiscardedEventsEndpoint {

    private final ProjectionPath addressed;
    private final DeadLetters letters;

    ListDiscardedEventsEndpoint(ProjectionPath addressed, DeadLetters letters) {
        this.addressed = addressed;
        this.letters = letters;
    }

    @GetMapping("/projections/{name}/discarded-events")
    @KnownParameters({Cursor.AFTER, Paging.PAGE_SIZE})
    @ReadsProjection({})
    Cursor.Part<DiscardedEvent> list(@PathVariable String name, QueryParameters query) {
        addressed.require(name);
        var cursor = Cursor.of(query);
        return cursor.part(
                letters.countDiscarded(name),
                letters.discarded(name, cursor.after(), cursor.limit()),
                DiscardedEvent::position);
    }
}
