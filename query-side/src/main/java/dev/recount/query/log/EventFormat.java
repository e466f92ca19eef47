package dev.recount.query.log;

import dev.recount.query.responses.AcceptHeader;
import dev.recount.web.ProblemType;

/** How events are written, that first which is preferred by who has no preference. */
enum EventFormat {
    /** A page as an object. */
    JSON("application/json"),
    /** An event per line, to the end of what was asked for. */
    NDJSON("application/x-ndjson"),
    /** A page as an array of events in the JSON format of CloudEvents 1.0. */
    CLOUD_EVENTS("application/cloudevents-batch+json");

    private final String mediaType;

    EventFormat(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** The format that the client wants most; ends the request with 406 where it accepts none. */
    static EventFormat of(AcceptHeader accept) {
        return accept.best(values(), EventFormat::mediaType)
                .orElseThrow(() -> ProblemType.NOT_ACCEPTABLE
                        .problem("Events are written as application/json, application/x-ndjson or"
                                + " application/cloudevents-batch+json, and as text/event-stream at /events/stream.")
                        .exception());
    }
}
