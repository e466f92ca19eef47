package dev.recount.query;

import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server's response; an empty body is a missing node. */
public record HttpAnswer(int status, HttpHeaders headers, JsonNode json) {

    private static final JsonMapper MAPPER = new JsonMapper();

    static HttpAnswer of(HttpResponse<String> response) {
        return new HttpAnswer(response.statusCode(), response.headers(), MAPPER.readTree(response.body()));
    }

    /** The same as {@link #json()}, from a text. */
    public static JsonNode parse(String text) {
        return MAPPER.readTree(text);
    }

    public String header(String name) {
        return headers.firstValue(name).orElse(null);
    }

    public String code() {
        return json.path("code").asString(null);
    }

    /** The ids of a list's results, in order. */
    public List<Long> ids() {
        return StreamSupport.stream(json.path("results").spliterator(), false)
                .map(result -> result.get("id").asLong())
                .toList();
    }
}
