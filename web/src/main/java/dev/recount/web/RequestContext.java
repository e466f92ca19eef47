package dev.recount.web;

import java.util.OptionalLong;

/**
 * Who asks, and under which id. Endpoints take it as a parameter.
 *
 * @param requestId the client's {@code X-Request-Id}, or one made up here; goes into the metadata of events and into logs
 * @param actor id of the acting user, who exists; empty where the request names none
 * @param strict whether unknown fields of the body are refused ({@code Prefer: handling=strict})
 */
public record RequestContext(String requestId, OptionalLong actor, boolean strict) {}
