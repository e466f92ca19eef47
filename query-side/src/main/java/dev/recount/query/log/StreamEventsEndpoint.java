package dev.recount.query.log;

import dev.recount.eventstore.EventLog;
import dev.recount.query.http.ReadsProjection;
import dev.recount.web.KnownParameters;
import dev.recount.web.PathId;
import dev.recount.web.ProblemType;
import dev.recount.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /events/stream}: the log as server-sent events (WHATWG HTML, section 9.2) from behind {@code Last-Event-ID} or
 * {@code after}, or from now on, without end. Each event's id is its position.
 *
 * <p>Where nothing is sent for a while, an id without data says how far the log was looked through, so that a client that
 * comes back begins there. It also does so at the beginning, before there is an event that could be missed.
 */
@RestController
final class StreamEventsEndpoint {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final EventSubscriptions subscriptions;
    private final EventQueries queries;
    private final EventLog log;

    StreamEventsEndpoint(EventSubscriptions subscriptions, EventQueries queries, EventLog log) {
        this.subscriptions = subscriptions;
        this.queries = queries;
        this.log = log;
    }

    @GetMapping(path = "/events/stream", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @KnownParameters({"type", "actor", "issue", "from", "to", EventQueries.AFTER})
    @ReadsProjection(
            value = {},
            log = true)
    void stream(QueryParameters query, HttpServletRequest request, HttpServletResponse response)
            throws IOException, InterruptedException {
        var filter = queries.filter(query);
        var after = query.optionalNumber(EventQueries.AFTER);
        query.throwIfInvalid();
        var last = lastEventId(request);
        var begin = last.isPresent() ? last.getAsLong() : after.orElseGet(log::head);
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Proxies of the nginx kind would otherwise keep events back until a buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
        if (!request.getMethod().equals("HEAD")) {
            subscriptions.tell(begin, filter, new Writing(response));
        }
    }

    /** A client that comes back sends both, and then it is this that says how far it got. */
    private static OptionalLong lastEventId(HttpServletRequest request) {
        var ids = Collections.list(request.getHeaders(LAST_EVENT_ID));
        if (ids.isEmpty()) {
            return OptionalLong.empty();
        }
        var first = ids.getFirst().equals("0") ? OptionalLong.of(0) : PathId.parse(ids.getFirst());
        if (ids.size() > 1 || first.isEmpty()) {
            throw ProblemType.invalid(Map.of(LAST_EVENT_ID, List.of("must be one position of the log")))
                    .exception();
        }
        return first;
    }

    /** Writes to a client, and lets nothing wait in buffers. */
    private record Writing(HttpServletResponse response) implements EventSubscriptions.Listener {

        @Override
        public void tell(List<ToldEvent> events) throws IOException {
            var out = response.getOutputStream();
            for (var event : events) {
                write("id: " + event.position() + "\ndata: ", out);
                event.writeTo(out);
                write("\n\n", out);
            }
            response.flushBuffer();
        }

        @Override
        public void tellOfNone(long upTo) throws IOException {
            write(":\nid: " + upTo + "\n\n", response.getOutputStream());
            response.flushBuffer();
        }

        private static void write(String text, OutputStream out) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
