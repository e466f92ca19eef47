package dev.recount.events;

/** The keys of an event's metadata; every value is a string, and a key that does not apply is absent. */
public final class EventMetadata {

    /** Id of the acting user. */
    public static final String ACTOR = "actor";
    /** Id of the request that the event answers ({@code X-Request-Id}, made up where the client sent none). */
    public static final String REQUEST_ID = "requestId";
    /** What caused the event besides the request, such as {@code import 7 row 12}. */
    public static final String CAUSATION = "causation";
    /** The client's {@code Idempotency-Key}. */
    public static final String IDEMPOTENCY_KEY = "idempotencyKey";

    private EventMetadata() {}
}
