package dev.recount.query.log;

import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.RecordedEvents;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.KnownParameters;
import dev.recount.web.LogPositions;
import dev.recount.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /events}: the whole log by position, up to its end at the time of the request. */
@RestController
final class ReadEventsEndpoint {

    private final RecordedEvents events;
    private final EventLog log;
    private final EventQueries queries;
    private final EventResponses responses;
    private final LogPositions positions;

    ReadEventsEndpoint(
            RecordedEvents events,
            EventLog log,
            EventQueries queries,
            EventResponses responses,
            LogPositions positions) {
        this.positions = positions;
        this.events = events;
        this.log = log;
        this.queries = queries;
        this.responses = responses;
    }

    @GetMapping("/events")
    @KnownParameters({"type", "actor", "issue", "from", "to", EventQueries.AFTER, EventQueries.LIMIT})
    @ReadsProjection(
            value = {},
            log = true)
    void read(QueryParameters query, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        var filter = queries.filter(query);
        var after = positions.optional(EventQueries.AFTER, query);
        var limit = EventQueries.limit(query);
        query.throwIfInvalid();
        var head = log.head();
        positions.requireReached(EventQueries.AFTER, after.orElse(0), () -> head);
        var source = EventSource.log(events, head, filter);
        responses.write(source, after.orElse(0), limit, query, request, response);
    }
}
