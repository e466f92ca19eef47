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
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.ObjectWriter;
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
    private final ObjectWriter pages;
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
        // The end of a page must not flush the response: a short one is sent with its length.
        this.pages = json.writer()
                .without(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .without(StreamWriteFeature.FLUSH_PASSED_TO_STREAM);
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
                try (var page = reads.read(source, extent, client)) {
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

    /** Writes event by event, so that a large page is not in memory as text as well. */
    private void writePage(
            List<RecordedEvent> page, @Nullable String next, EventFormat format, HttpServletResponse response)
            throws IOException {
        if (next != null) {
            response.addHeader(HttpHeaders.LINK, "<%s>; rel=\"next\"".formatted(next));
        }
        response.setContentType(format.mediaType());
        try (var json = pages.createGenerator(response.getOutputStream())) {
            if (format == EventFormat.CLOUD_EVENTS) {
                writeAll(page, cloudEvents, json);
            } else {
                json.writeStartObject();
                json.writeStringProperty("next", next);
                json.writeName("results");
                writeAll(page, events, json);
                json.writeEndObject();
            }
        }
    }

    private static void writeAll(List<RecordedEvent> page, EventWriter writer, JsonGenerator json) {
        json.writeStartArray();
        page.forEach(event -> writer.write(event, json));
        json.writeEndArray();
    }

    private void writeLines(EventSource source, long after, long limit, ClientPace client, OutputStream out)
            throws IOException, InterruptedException {
        var place = after;
        var left = limit;
        while (left > 0 && place < source.end()) {
            var extent = new EventReads.Extent(place, (int) Math.min(left, LINES), EventReads.SMALL_PART);
            try (var part = reads.readLines(source, extent, client)) {
                for (var event : part.events()) {
                    event.writeTo(out);
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
}
