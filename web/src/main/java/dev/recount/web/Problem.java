package dev.recount.web;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The error of a request, to be returned as {@code application/problem+json} (RFC 9457).
 *
 * @param detail one human-readable sentence about this case
 * @param errors messages by field, parameter or header; empty unless values were refused
 * @param members further members of the document, such as {@code current_version}; values are serialized like response
 *     bodies
 * @param headers headers of the response, such as {@code Retry-After}
 */
public record Problem(
        ProblemType type,
        String detail,
        Map<String, List<String>> errors,
        Map<String, Object> members,
        Map<String, String> headers) {

    public int status() {
        return type.status();
    }

    public String code() {
        return type.code();
    }

    public Problem withErrors(Map<String, List<String>> newErrors) {
        return new Problem(type, detail, newErrors, members, headers);
    }

    public Problem with(String member, Object value) {
        return new Problem(type, detail, errors, plus(members, member, value), headers);
    }

    public Problem withHeader(String name, String value) {
        return new Problem(type, detail, errors, members, plus(headers, name, value));
    }

    /** Adds a {@code Retry-After} in whole seconds, at least one. */
    public Problem retryAfter(Duration pause) {
        return withHeader("Retry-After", Long.toString(Math.max(1, pause.toSeconds())));
    }

    public ProblemException exception() {
        return new ProblemException(this);
    }

    private static <T> Map<String, T> plus(Map<String, T> map, String key, T value) {
        Map<String, T> more = new LinkedHashMap<>(map);
        more.put(key, value);
        return Collections.unmodifiableMap(more);
    }
}
