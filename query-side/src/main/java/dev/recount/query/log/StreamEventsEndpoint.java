package dev.recount.query.log;

import dev.recount.eventstore.read.EventLog;
import dev.recount.query.responses.ReadsProjection;
import dev.recount.web.ClientPace;
import dev.recount.web.KnownParameters;
import dev.recount.web.LogPositions;
import dev.recount.web.Problem;
import dev.recount.web.ProblemException;
import dev.recount.web.ProblemType;
import dev.recount.web.ProblemWriter;
import dev.recount.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /events/stream}: the log as endless server-sent events (WHATWG HTML, section 9.2). It starts after {@code
 * Last-Event-ID} or {@code after}, or now. Each event's id is its position, with the identity of the log.
 *
 * <p>A position that the log does not have is refused by an {@code error} event with the problem document, after which
 * the stream ends. So is a position of a log that is replaced by a restore while the stream is open. A status of 400
 * would hide the reason from a page in a browser. A browser reconnects after any end; {@code retry} asks it to do so
 * rarely.
 *
 * <p>If nothing is sent for a while, an id without data reports the position up to which the log was searched. A client
 * that reconnects then starts there. Such an id is also sent at the beginning, before any event could be missed.
 */
@RestController
final class StreamEventsEndpoint {

    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private static final Set<ProblemType> REFUSED_POSITIONS =
            EnumSet.of(ProblemType.POSITION_BEYOND_LOG, ProblemType.OTHER_LOG);

    private static final Duration RETRY = Duration.ofMinutes(10);

    private final EventSubscriptions subscriptions;
    private final EventQueries queries;
    private final EventLog log;
    private final LogPositions positions;
    private final ProblemWriter problems;

    StreamEventsEndpoint(
            EventSubscriptions subscriptions,
            EventQueries queries,
            EventLog log,
            LogPositions positions,
            ProblemWriter problems) {
        this.positions = positions;
        this.problems = problems;
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
        // Read before the position: if the log changes in between, the position belongs to the previous log.
        var identity = positions.log();
        var writing = new Writing(response, identity, problem -> problems.document(request, problem));
        try {
            var begin = begin(query, request);
            open(response);
            if (!isHead(request)) {
                subscriptions.tell(begin, identity, filter, ClientPace.of(request), writing);
            }
        } catch (ProblemException refused) {
            if (response.isCommitted()
                    || isHead(request)
                    || !REFUSED_POSITIONS.contains(refused.problem().type())) {
                throw refused;
            }
            open(response);
            writing.refuse(refused.problem());
        }
    }

    private static boolean isHead(HttpServletRequest request) {
        return request.getMethod().equals("HEAD");
    }

    private static void open(HttpServletResponse response) {
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Otherwise proxies such as nginx would hold events back until a buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
    }

    private long begin(QueryParameters query, HttpServletRequest request) {
        var after = positions.optional(EventQueries.AFTER, query);
        query.throwIfInvalid();
        var last = lastEventId(request);
        var head = log.head();
        var begin = last.orElseGet(() -> after.orElse(head));
        positions.requireReached(last.isPresent() ? LAST_EVENT_ID : EventQueries.AFTER, begin, () -> head);
        return begin;
    }

    /** A client that reconnects sends both; then this one is its last position. */
    private OptionalLong lastEventId(HttpServletRequest request) {
        var ids = Collections.list(request.getHeaders(LAST_EVENT_ID));
        if (ids.isEmpty()) {
            return OptionalLong.empty();
        }
        var first = ids.getFirst().matches("0[0-9].*")
                ? OptionalLong.empty()
                : positions.parse(LAST_EVENT_ID, ids.getFirst());
        if (ids.size() > 1 || first.isEmpty()) {
            throw ProblemType.invalid(Map.of(LAST_EVENT_ID, List.of("must be one position of the log")))
                    .exception();
        }
        return first;
    }

    /** Writes to a client and flushes immediately. */
    private record Writing(HttpServletResponse response, String log, Function<Problem, byte[]> document)
            implements EventSubscriptions.Listener {

        @Override
        public void tell(List<EventLine> events) throws IOException {
            var out = response.getOutputStream();
            for (var event : events) {
                write("id: " + event.position() + "@" + log + "\ndata: ", out);
                event.writeTo(out);
                write("\n\n", out);
            }
            response.flushBuffer();
        }

        @Override
        public void tellOfNone(long upTo) throws IOException {
            write(":\nid: " + upTo + "@" + log + "\n\n", response.getOutputStream());
            response.flushBuffer();
        }

        @Override
        public void refuse(Problem problem) throws IOException {
            var out = response.getOutputStream();
            write("retry: " + RETRY.toMillis() + "\nevent: error\ndata: ", out);
            out.write(document.apply(problem));
            write("\n\n", out);
            response.flushBuffer();
        }

        private static void write(String text, OutputStream out) throws IOException {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }
}
