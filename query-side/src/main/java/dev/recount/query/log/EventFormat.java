package dev.recount.query.log;

import dev.recount.query.responses.AcceptHeader;
import dev.recount.web.ProblemType;

/** The formats of events; a client without a preference gets the first. */
enum EventFormat {
    /** A page as one object. */
    JSON("application/json"),
    /** One event per line, up to the end of the requested range. */
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

    /** The client's preferred format; ends the request with 406 if it accepts none. */
    static EventFormat of(AcceptHeader accept) {
        return accept.best(values(), EventFormat::mediaType)
                .orElseThrow(() -> ProblemType.NOT_ACCEPTABLE
                        .problem("Events are written as application/json, application/x-ndjson or"
                                + " application/cloudevents-batch+json, and as text/event-stream at /events/stream.")
                        .exception());
    }
}
