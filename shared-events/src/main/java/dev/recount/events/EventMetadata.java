package dev.recount.events;

/** The keys of an event's metadata. Every value is a string, and a key that does not apply is absent. */
public final class EventMetadata {

    /** Id of the acting user. */
    public static final String ACTOR = "actor";
    /** Id of the request that caused the event: {@code X-Request-Id}, generated if the client sent none. */
    public static final String REQUEST_ID = "requestId";
    /** A cause of the event in addition to the request, such as {@code import 7 row 12}. */
    public static final String CAUSATION = "causation";
    /** The client's {@code Idempotency-Key}. */
    public static final String IDEMPOTENCY_KEY = "idempotencyKey";

    private EventMetadata() {}
}
