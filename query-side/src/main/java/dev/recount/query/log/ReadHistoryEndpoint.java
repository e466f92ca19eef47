package dev.recount.query.log;

import dev.recount.events.StreamName;
import dev.recount.eventstore.read.EventLog;
import dev.recount.eventstore.read.RecordedEvents;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.KnownParameters;
import dev.recount.web.LogPositions;
import dev.recount.web.PathId;
import dev.recount.web.ProblemType;
import dev.recount.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /issues/{id}/history}: the events of an issue as stored in the log, by sequence. */
@RestController
final class ReadHistoryEndpoint {

    private static final long BEFORE_FIRST = -1;

    private final RecordedEvents events;
    private final EventLog log;
    private final EventResponses responses;
    private final LogPositions positions;

    ReadHistoryEndpoint(RecordedEvents events, EventLog log, EventResponses responses, LogPositions positions) {
        this.positions = positions;
        this.events = events;
        this.log = log;
        this.responses = responses;
    }

    @GetMapping("/issues/{id}/history")
    @KnownParameters({EventQueries.AFTER, EventQueries.LIMIT})
    @ReadsProjection(
            value = {},
            log = true)
    void read(@PathVariable String id, QueryParameters query, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        var issueId = PathId.require(id, ProblemType.UNKNOWN_ISSUE);
        var after = positions.optional(EventQueries.AFTER, query);
        var limit = EventQueries.limit(query);
        var stream = StreamName.issue(issueId);
        var last = log.lastSequence(stream)
                .orElseThrow(() -> ProblemType.UNKNOWN_ISSUE
                        .problem("There is no issue %d.".formatted(issueId))
                        .exception());
        query.throwIfInvalid();
        if (after.isPresent() && after.getAsLong() > last) {
            throw ProblemType.POSITION_BEYOND_LOG
                    .problem("There is no event %d of issue %d: the newest is %d."
                            .formatted(after.getAsLong(), issueId, last))
                    .withErrors(Map.of(EventQueries.AFTER, List.of("must not be greater than " + last)))
                    .exception();
        }
        var source = EventSource.stream(events, stream, last);
        responses.write(source, after.orElse(BEFORE_FIRST), limit, query, request, response);
    }
}
