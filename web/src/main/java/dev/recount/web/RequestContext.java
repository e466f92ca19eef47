package dev.recount.web;

import java.util.OptionalLong;

/**
 * The acting user and the id of a request. Endpoints take it as an argument.
 *
 * @param requestId the client's {@code X-Request-Id}, or a generated one; written to event metadata and logs
 * @param actor id of the acting user, which exists; empty if the request names none
 * @param strict whether unknown fields of the body are refused ({@code Prefer: handling=strict})
 */
public record RequestContext(String requestId, OptionalLong actor, boolean strict) {}
