package dev.recount.query.log;

import dev.recount.eventstore.RecordedEvent;
import dev.recount.query.http.AcceptHeader;
import dev.recount.query.http.EventStreams;
import dev.recount.web.LogPositions;
import dev.recount.web.ProblemType;
import dev.recount.web.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events in the format that the client wants. What is read at once is bounded, and no connection to the database is
 * held while it is written, so neither a long answer nor a slow client costs more than another.
 */
@Component
final class EventAnswers {

    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 5_000;
    /** How many lines are read at once. */
    private static final int LINES = 1_000;

    private final EventJson events;
    private final CloudEventJson cloudEvents;
    private final EventStreams streams;
    private final JsonMapper json;
    private final LogPositions positions;

    EventAnswers(
            EventJson events,
            CloudEventJson cloudEvents,
            EventStreams streams,
            JsonMapper json,
            LogPositions positions) {
        this.positions = positions;
        this.events = events;
        this.cloudEvents = cloudEvents;
        this.streams = streams;
        this.json = json;
    }

    /**
     * @param after the place behind which the answer begins
     * @param limit as the client gave it: larger pages than the largest are not to be had, but any number of lines
     */
    void write(
            EventSource source,
            long after,
            OptionalLong limit,
            QueryParameters query,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException, InterruptedException {
        var format = EventFormat.of(AcceptHeader.of(request));
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        switch (format) {
            case JSON, CLOUD_EVENTS -> {
                var size = (int) Math.min(limit.orElse(DEFAULT_PAGE), LARGEST_PAGE);
                var part = source.after(after, size);
                var next =
                        part.upTo() < source.end() ? query.with(EventQueries.AFTER, positions.text(part.upTo())) : null;
                writePage(part.events(), next, format, response);
            }
            case NDJSON -> {
                response.setContentType(format.mediaType());
                if (!request.getMethod().equals("HEAD")) {
                    writeLines(source, after, limit.orElse(Long.MAX_VALUE), response.getOutputStream());
                }
            }
        }
    }

    private void writePage(
            List<RecordedEvent> page, @Nullable String next, EventFormat format, HttpServletResponse response)
            throws IOException {
        var bare = format == EventFormat.CLOUD_EVENTS;
        if (next != null) {
            response.addHeader(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
        }
        response.setContentType(format.mediaType());
        var out = response.getOutputStream();
        write(bare ? "[" : "{\"next\":%s,\"results\":[".formatted(json.writeValueAsString(next)), out);
        var separator = "";
        for (var event : page) {
            write(separator, out);
            out.write(bare ? cloudEvents.of(event) : events.of(event));
            separator = ",";
        }
        write(bare ? "]" : "]}", out);
    }

    private void writeLines(EventSource source, long after, long limit, OutputStream out)
            throws IOException, InterruptedException {
        var place = after;
        var left = limit;
        while (left > 0 && place < source.end()) {
            var part = source.after(place, (int) Math.min(left, LINES));
            for (var event : part.events()) {
                out.write(events.of(event));
                out.write('\n');
            }
            left -= part.events().size();
            place = part.upTo();
            if (!streams.goOnAfter(Duration.ZERO)) {
                // The connection breaks off; an end of the answer would look like the end of the log.
                throw ProblemType.UNAVAILABLE.problem("This node stops.").exception();
            }
        }
    }

    private static void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
