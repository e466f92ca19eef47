package dev.recount.query.log;

import dev.recount.eventstore.read.RecordedEvent;
import dev.recount.query.responses.AcceptHeader;
import dev.recount.query.responses.EventStreams;
import dev.recount.web.ClientPace;
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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes events in the format that the client prefers. The amount read at a time is bounded, and no database connection
 * is held while writing. So long responses and slow clients cost no more than others.
 */
@Component
final class EventResponses {

    private static final int DEFAULT_PAGE = 100;
    private static final int LARGEST_PAGE = 5_000;
    /** Lines read at a time: as many as take one round trip. */
    private static final int LINES = 128;

    private final EventJson events;
    private final CloudEventJson cloudEvents;
    private final EventReads reads;
    private final EventStreams streams;
    private final JsonMapper json;
    private final LogPositions positions;

    EventResponses(
            EventJson events,
            CloudEventJson cloudEvents,
            EventReads reads,
            EventStreams streams,
            JsonMapper json,
            LogPositions positions) {
        this.positions = positions;
        this.reads = reads;
        this.events = events;
        this.cloudEvents = cloudEvents;
        this.streams = streams;
        this.json = json;
    }

    /**
     * @param after position after which the response begins
     * @param limit as given by the client; a page is limited to the largest page size, lines are not
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
        var client = ClientPace.of(request);
        response.addHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT);
        switch (format) {
            case JSON, CLOUD_EVENTS -> {
                var size = (int) Math.min(limit.orElse(DEFAULT_PAGE), LARGEST_PAGE);
                var extent = new EventReads.Extent(after, size, EventReads.LARGE_PART);
                try (var page = reads.read(source, extent, form(format), text -> text.length, client)) {
                    var next = page.upTo() < source.end()
                            ? query.with(EventQueries.AFTER, positions.text(page.upTo()))
                            : null;
                    writePage(page.events(), next, format, response);
                }
            }
            case NDJSON -> {
                response.setContentType(format.mediaType());
                if (!request.getMethod().equals("HEAD")) {
                    writeLines(source, after, limit.orElse(Long.MAX_VALUE), client, response.getOutputStream());
                }
            }
        }
    }

    private Function<RecordedEvent, byte[]> form(EventFormat format) {
        return format == EventFormat.CLOUD_EVENTS ? cloudEvents::of : events::of;
    }

    private void writePage(List<byte[]> page, @Nullable String next, EventFormat format, HttpServletResponse response)
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
            out.write(event);
            separator = ",";
        }
        write(bare ? "]" : "]}", out);
    }

    private void writeLines(EventSource source, long after, long limit, ClientPace client, OutputStream out)
            throws IOException, InterruptedException {
        var place = after;
        var left = limit;
        while (left > 0 && place < source.end()) {
            var extent = new EventReads.Extent(place, (int) Math.min(left, LINES), EventReads.SMALL_PART);
            try (var part = reads.read(source, extent, events::of, text -> text.length, client)) {
                for (var event : part.events()) {
                    out.write(event);
                    out.write('\n');
                }
                left -= part.events().size();
                place = part.upTo();
            }
            if (!streams.goOnAfter(Duration.ZERO)) {
                // Aborts the connection, because a regular end of the response would look like the end of the log.
                throw ProblemType.UNAVAILABLE.problem("This node stops.").exception();
            }
        }
    }

    private static void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
