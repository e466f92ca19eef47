package dev.recount.query.admin;

import dev.recount.query.rebuild.RebuildState;
import dev.recount.query.rebuild.RunJson;
import dev.recount.query.responses.EventStreams;
import dev.recount.query.responses.ReadsProjection;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code GET /rebuilds/{id}} as server-sent events (WHATWG HTML, section 9.2). It sends the run as it is now, and again
 * after each change, at most four times a second, until it ends.
 *
 * <p>A browser's EventSource reconnects when a stream ends. A client that has already received the end gets 204, which
 * stops it.
 *
 * <p>Each client has a virtual thread that sleeps between checks and then uses only memory.
 */
@RestController
final class WatchRunEndpoint {

    /** Maximum time between two writes: a disconnected client is detected only by a failed write. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(5);

    private static final String SILENCE = ":\n\n";

    private final RunPath addressed;
    private final WatchedRuns runs;
    private final EventStreams streams;
    private final JsonMapper json;

    WatchRunEndpoint(RunPath addressed, WatchedRuns runs, EventStreams streams, JsonMapper json) {
        this.addressed = addressed;
        this.runs = runs;
        this.streams = streams;
        this.json = json;
    }

    @GetMapping(path = "/rebuilds/{id}", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    @ReadsProjection({})
    void watch(
            @PathVariable String id,
            HttpMethod method,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
            HttpServletResponse response)
            throws SQLException, IOException, InterruptedException {
        var run = addressed.require(id);
        if (run.phase().isOver() && eventId(run).equals(lastEventId)) {
            response.setStatus(HttpStatus.NO_CONTENT.value());
            return;
        }
        response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // Otherwise proxies such as nginx would hold events back until a buffer is full.
        response.setHeader("X-Accel-Buffering", "no");
        if (method.equals(HttpMethod.HEAD)) {
            return;
        }
        try (var watch = runs.watch(run.id())) {
            tell(run, watch, response);
        }
    }

    private void tell(RebuildState first, WatchedRuns.Watch watch, HttpServletResponse response)
            throws SQLException, IOException, InterruptedException {
        var told = first;
        write(event(first), response);
        var toldAt = System.nanoTime();
        while (!told.phase().isOver() && streams.goOnAfter(WatchedRuns.PERIOD)) {
            var now = watch.look();
            if (now.isEmpty()) {
                return;
            }
            if (!news(now.get()).equals(news(told))) {
                told = now.get();
                write(event(told), response);
                toldAt = System.nanoTime();
            } else if (System.nanoTime() - toldAt > LONGEST_SILENCE.toNanos()) {
                write(SILENCE, response);
                toldAt = System.nanoTime();
            }
        }
    }

    /** The fields whose change is sent. A run's heartbeat alone is not sent, nor is a new estimate alone. */
    private static List<Object> news(RebuildState run) {
        return List.of(
                run.phase(),
                run.eventsDone(),
                run.eventsTotal(),
                run.cancelRequested(),
                run.swapped(),
                run.swapAttempts());
    }

    private String event(RebuildState state) {
        return "id: %s\ndata: %s\n\n".formatted(eventId(state), json.writeValueAsString(RunJson.of(state)));
    }

    private static String eventId(RebuildState state) {
        return Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, state.updatedAt()));
    }

    private static void write(String text, HttpServletResponse response) throws IOException {
        response.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        response.flushBuffer();
    }
}
